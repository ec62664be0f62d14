"use strict";
// A slide plays once and stops at its end. Forward ends what plays, then goes on; back shows what the slide before came to.
const one = id => document.getElementById(id);
const slides = [...document.querySelectorAll("#slides section")].map((section, i) => ({
  section, title: section.dataset.title, notes: section.querySelector("p").textContent,
  poster: section.querySelector("img").src, movie: one(`m${i + 1}`),
}));
const stage = one("stage"), screen = one("screen");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const picture = screen.appendChild(new Image());
const videos = [0, 1].map(() => {
  const video = screen.appendChild(document.createElement("video"));
  video.playsInline = video.muted = true;  // without sound it may begin by itself
  video.preload = "auto";
  return video;
});
let at = 0, video = null, loop = false, speaker = null, began = Date.now(), sleep = 0;
picture.alt = "";

function source(i) {
  const slide = slides[i];
  if (!slide.url) {
    const bytes = Uint8Array.from(atob(slide.movie.textContent), letter => letter.charCodeAt(0));
    slide.url = URL.createObjectURL(new Blob([bytes], {type: "video/mp4"}));
  }
  return slide.url;
}

function show(element) {
  for (const each of screen.children) each.classList.toggle("shown", each === element);
}

function tell() {
  slides.forEach((slide, i) => slide.section.classList.toggle("here", i === at));
  one("place").textContent = `${at + 1} / ${slides.length}`;
  one("said").textContent = slides[at].notes || slides[at].title;
  one("loop").setAttribute("aria-pressed", String(loop));
  one("black").setAttribute("aria-pressed", String(stage.classList.contains("dark")));
  history.replaceState(null, "", `#${at + 1}`);
  brief();
}

function playing() { return video !== null && !video.paused && !video.ended; }

// The picture that the slide comes to.
function rest(i) {
  if (video) { video.pause(); video = null; }
  at = i;
  picture.src = slides[i].poster;
  show(picture);
  tell();
}

async function play(i) {
  if (video) video.pause();
  at = i;
  const mine = videos.find(each => each !== video);  // the other keeps its picture until this one has one
  video = mine;
  mine.src = source(i);
  mine.loop = loop;
  tell();
  mine.onplaying = () => { if (video === mine) show(mine); };
  mine.onended = () => { if (video === mine) { picture.src = slides[i].poster; tell(); } };
  try { await mine.play(); } catch { if (video === mine) rest(i); }
  if (i + 1 < slides.length) source(i + 1);
}

function go(i) { if (still.matches) rest(i); else play(i); }
function next() {
  if (playing() && !loop) rest(at);
  else if (at + 1 < slides.length) { loop = false; go(at + 1); }
}
function back() { loop = false; rest(Math.max(0, at - 1)); }
function pause() { if (playing()) video.pause(); else if (video && !video.ended) video.play(); else play(at); }
function round() { loop = !loop; if (video && !video.ended) { video.loop = loop; tell(); } else if (loop) play(at); else tell(); }
function black() { stage.classList.toggle("dark"); if (playing()) video.pause(); tell(); }
function full() { if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen().catch(() => {}); }
function overview() {
  if (playing()) video.pause();
  stage.hidden = !stage.hidden;
  if (stage.hidden) slides[at].section.scrollIntoView({block: "center"});
}

// What the speaker sees: what is on screen, what comes next, what to say, and the time.
function speak() {
  if (speaker && !speaker.closed) { speaker.focus(); return; }
  speaker = open("", "speaker", "popup,width=1100,height=700");
  if (!speaker) return;
  began = Date.now();
  const page = speaker.document;
  page.title = document.title;
  page.head.replaceChildren(document.querySelector("style").cloneNode(true));
  page.body.className = "speaking";
  page.body.replaceChildren();
  const add = (name, kind, label) => {
    const box = page.body.appendChild(page.createElement("div"));
    if (label) box.appendChild(page.createElement("small")).textContent = label;
    return box.appendChild(page.createElement(name));
  };
  speaker.parts = {
    now: add("canvas", "", stage.dataset.now), then: add("img", "", stage.dataset.then), notes: add("div", "", stage.dataset.notes), clock: add("div"),
  };
  speaker.parts.notes.className = "notes";
  speaker.parts.clock.className = "clock";
  speaker.parts.clock.parentNode.className = "clock";
  page.addEventListener("keydown", key);
  brief();
}

function brief() {
  if (!speaker || speaker.closed || !speaker.parts) return;
  const {then, notes} = speaker.parts;
  notes.textContent = slides[at].notes || slides[at].title;
  const coming = slides[at + 1];
  then.hidden = !coming;
  if (coming) { then.src = coming.poster; then.alt = coming.title; }
}

function mirror() {
  requestAnimationFrame(mirror);
  if (!speaker || speaker.closed || !speaker.parts) return;
  const {now, clock} = speaker.parts, seen = screen.querySelector(".shown");
  const wide = seen && (seen.videoWidth || seen.naturalWidth);
  if (wide) {
    if (now.width !== wide) { now.width = wide; now.height = seen.videoHeight || seen.naturalHeight; }
    now.getContext("2d").drawImage(seen, 0, 0, now.width, now.height);
  }
  const gone = Math.floor((Date.now() - began) / 1000);
  const text = `${new Date().toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"})} · ` +
    `${Math.floor(gone / 60)}:${String(gone % 60).padStart(2, "0")} · ${at + 1} / ${slides.length}`;
  if (clock.textContent !== text) clock.textContent = text;
}

const keys = {
  ArrowRight: next, ArrowDown: next, PageDown: next, " ": next, Enter: next, n: next,
  ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
  Home: () => go(0), End: () => rest(slides.length - 1),
  p: pause, k: pause, r: () => play(at), l: round, b: black, ".": black, f: full, s: speak, o: overview, Escape: () => { if (!stage.hidden && !document.fullscreenElement) overview(); else stage.hidden = false; },
};
function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keys[event.key.length > 1 ? event.key : event.key.toLowerCase()];
  const pressed = event.target.closest && event.target.closest("button") && (event.key === " " || event.key === "Enter");
  if (!act || pressed || (stage.hidden && !"oO".includes(event.key) && event.key !== "Escape")) return;
  event.preventDefault();
  if (stage.classList.contains("dark") && act !== black) { black(); return; }
  act();
}

function wake() {
  stage.classList.add("awake");
  clearTimeout(sleep);
  sleep = setTimeout(() => stage.classList.remove("awake"), 2500);
}

document.addEventListener("keydown", key);
document.addEventListener("pointermove", wake);
for (const [name, act] of Object.entries({back, play: pause, next, loop: round, black, overview, speaker: speak, full}))
  one(name).addEventListener("click", act);
let from = null;
screen.addEventListener("pointerdown", event => { from = event.clientX; });
screen.addEventListener("pointerup", event => {
  if (from === null) return;
  const moved = event.clientX - from, box = screen.getBoundingClientRect();
  from = null;
  if (Math.abs(moved) > 40) { if (moved < 0) next(); else back(); }
  else if (event.clientX - box.left < box.width / 4) back();
  else next();
});
slides.forEach((slide, i) => slide.section.addEventListener("click", () => { stage.hidden = false; go(i); }));
stage.hidden = false;
const asked = Math.min(slides.length, Math.max(1, parseInt(location.hash.slice(1), 10) || 1)) - 1;
video = null;
rest(asked);
go(asked);
mirror();
