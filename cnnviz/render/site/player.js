"use strict";
// A movie that stops where a beat ends. On: ends the beat that plays, then plays the next one. Back: where a beat begins.
for (const player of document.querySelectorAll(".player")) {
  const find = name => player.querySelector(`.${name}`);
  const video = player.querySelector("video"), show = find("show"), caption = find("caption");
  const list = find("beats"), bar = find("bar"), speed = find("speed"), clock = find("clock");
  const tongue = find("tongue");  // there where several languages are
  const half = 0.5 / Number(player.dataset.fps);  // of a picture's time
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const beats = [...list.children].map(item => ({
    item, start: Number(item.dataset.start), end: Number(item.dataset.end), said: [...item.querySelectorAll(".said")],
  }));
  const heard = i => beats[i].said.find(each => !each.hidden).textContent;
  const last = beats.length - 1, length = beats[last].end;
  let stop = Infinity, told = -1, wanted = null, fetching = false;

  const on = name => find(name).getAttribute("aria-pressed") === "true";
  const time = () => wanted ?? video.currentTime;
  const here = () => { const i = beats.findIndex(beat => time() < beat.end - half / 2); return i < 0 ? last : i; };
  const ended = i => time() >= beats[i].end - 2 * half;
  const minutes = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  // Until the movie is there, and all of it where it must be, the place to begin at is kept.
  const seek = to => {
    wanted = Math.min(Math.max(to, 0), length - half);
    if (video.readyState > 0 && !fetching) { video.currentTime = wanted; wanted = null; }
    stop = video.paused || !on("stops") ? Infinity : beats[here()].end - 1.5 * half;
    draw();
  };
  const begin = i => seek(beats[i].start + half);
  const finish = i => { video.pause(); seek(beats[i].end - half); };
  const play = () => {
    if (ended(last)) begin(0);
    const i = here();
    stop = on("stops") ? beats[ended(i) ? i + 1 : i].end - 1.5 * half : Infinity;
    video.play().catch(() => draw());
  };
  const toggle = () => { if (video.paused) play(); else video.pause(); };
  const next = () => {
    const i = here();
    if (!video.paused) finish(i);
    else if (still.matches) finish(ended(i) && i < last ? i + 1 : i);
    else if (!ended(last)) play();
  };
  const back = () => { const i = here(); begin(i > 0 && time() - beats[i].start < 1 ? i - 1 : i); };
  const turn = name => { find(name).setAttribute("aria-pressed", String(!on(name))); seek(time()); };
  const full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (show.requestFullscreen) show.requestFullscreen().catch(() => {});
  };
  const faster = by => {
    speed.selectedIndex = Math.min(speed.length - 1, Math.max(0, speed.selectedIndex + by));
    video.playbackRate = Number(speed.value);
  };

  const translate = to => {
    tongue.value = to;
    for (const {said} of beats) for (const each of said) each.hidden = each.lang !== to;
    caption.lang = to;
    told = -1;
    draw();
  };
  const another = () => { if (tongue) translate(tongue.options[(tongue.selectedIndex + 1) % tongue.length].value); };

  const draw = () => {
    const i = here(), paused = video.paused;
    bar.value = time();
    clock.textContent = `${minutes(time())} / ${minutes(length)}`;
    caption.classList.toggle("unseen", !on("captions"));
    player.classList.toggle("playing", !paused);
    const button = find("play"), name = paused ? plays : button.dataset.pauses;
    if (button.title !== name) {
      button.title = name;
      button.setAttribute("aria-label", name);
      button.querySelector("path").setAttribute("d", paused ? shape : button.dataset.pause);
    }
    if (i === told) return;
    told = i;
    bar.setAttribute("aria-valuetext", player.dataset.place.replace("{number}", i + 1).replace("{count}", beats.length));
    caption.textContent = heard(i);
    beats.forEach((beat, k) => { if (k === i) beat.item.setAttribute("aria-current", "true"); else beat.item.removeAttribute("aria-current"); });
    const item = beats[i].item, room = list.getBoundingClientRect(), box = item.getBoundingClientRect();
    if (box.top < room.top || box.bottom > room.bottom)
      list.scrollTo({top: list.scrollTop + box.top - room.top - 8, behavior: still.matches ? "auto" : "smooth"});
  };
  const plays = find("play").title, shape = find("play").querySelector("path").getAttribute("d");

  // While it plays, each picture is looked at: the last one of a beat stays.
  const watch = () => {
    if (video.paused) return;
    if (video.currentTime >= stop) finish(beats.findIndex(beat => stop < beat.end));
    draw();
    requestAnimationFrame(watch);
  };
  video.addEventListener("play", () => requestAnimationFrame(watch));
  for (const event of ["pause", "seeked", "ended", "timeupdate"]) video.addEventListener(event, draw);
  video.addEventListener("loadedmetadata", () => {
    video.playbackRate = Number(speed.value);
    if (wanted !== null) seek(wanted);
  });
  // A host that sends no parts of files lets nobody step back; then the whole movie is fetched first.
  video.addEventListener("loadedmetadata", async () => {
    const seekable = video.seekable.length && video.seekable.end(video.seekable.length - 1) > 0;
    if (seekable || !location.protocol.startsWith("http")) return;
    fetching = true;
    const blob = await (await fetch(video.src)).blob(), playing = !video.paused;
    fetching = false;
    wanted = time();
    video.src = URL.createObjectURL(blob);
    if (playing) play();
  }, {once: true});

  const acts = {back, play: toggle, next, stops: () => turn("stops"), captions: () => turn("captions"), full};
  for (const [name, act] of Object.entries(acts)) find(name).addEventListener("click", act);
  speed.addEventListener("change", () => faster(0));
  if (tongue) tongue.addEventListener("change", () => translate(tongue.value));
  bar.addEventListener("input", () => seek(Number(bar.value)));
  video.addEventListener("click", toggle);
  const keys = {
    " ": toggle, k: toggle, ArrowLeft: back, ArrowRight: next, Home: () => begin(0), End: () => finish(last),
    s: acts.stops, c: acts.captions, l: another, f: full, "<": () => faster(-1), ">": () => faster(1),
  };
  const key = event => {
    const act = keys[event.key.length > 1 ? event.key : event.key.toLowerCase()];
    const inside = player.contains(event.target);
    if (!act || event.ctrlKey || event.metaKey || event.altKey || !(inside || event.target === document.body)) return;
    if (event.target.closest("select") || (event.key === " " && event.target.closest("button, a"))) return;
    if (event.target === bar && event.key.startsWith("Arrow") === false && event.key.length > 1) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", key);
  beats.forEach((beat, i) => {
    beat.item.addEventListener("click", event => {
      if (event.target.closest("a.still") || String(getSelection())) return;
      event.preventDefault();
      begin(i);
    });
  });
  bar.max = String(length);
  const ticks = document.createElement("span");
  ticks.className = "ticks";
  for (const beat of beats.slice(1)) ticks.appendChild(document.createElement("i")).style.left = `${100 * beat.start / length}%`;
  bar.after(ticks);
  video.controls = false;
  find("controls").hidden = false;
  player.classList.add("live");
  draw();
}
