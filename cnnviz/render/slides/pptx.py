"""A deck for PowerPoint and LibreOffice: its movies are in the file, and begin by themselves."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from cnnviz.render.slides.deck import Deck, Slide

__all__ = ["write"]

_ACROSS = 12192000  # EMU of a slide's longer side, 13.33 inches
_TITLE_ONLY = 5  # the layout

_TIMING = """<p:timing xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:tnLst><p:par>
<p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst><p:par>
<p:cTn id="3" fill="hold"><p:stCondLst><p:cond delay="indefinite"/>
<p:cond evt="onBegin" delay="0"><p:tn val="2"/></p:cond>
</p:stCondLst>
<p:childTnLst><p:par><p:cTn id="4" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
<p:par><p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0" fill="hold" nodeType="afterEffect">
<p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:cmd type="call" cmd="playFrom(0.0)"><p:cBhvr>
<p:cTn id="6" dur="{milliseconds}" fill="hold"/><p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cBhvr></p:cmd>
</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn>
<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>
<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst></p:seq>
<p:video><p:cMediaNode><p:cTn id="7" fill="hold" display="0">
<p:stCondLst><p:cond delay="indefinite"/></p:stCondLst></p:cTn>
<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cMediaNode></p:video>
</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"""
"""The movie begins with the slide, and stays on its last picture; written as PowerPoint writes it."""


def write(deck: Deck, path: Path) -> None:
    """Write the file with python-pptx."""
    from pptx import Presentation
    from pptx.dml.color import RGBColor

    show = Presentation()
    scale = _ACROSS / max(deck.width, deck.height)
    show.slide_width, show.slide_height = (round(side * scale) for side in (deck.width, deck.height))
    show.core_properties.title = deck.title
    show.core_properties.author = "cnnviz"
    for slide in deck.slides:
        page = show.slides.add_slide(show.slide_layouts[_TITLE_ONLY])
        page.background.fill.solid()
        page.background.fill.fore_color.rgb = RGBColor.from_string(deck.ground[1:])
        title = page.shapes.title
        title.text = slide.title  # above the slide, for outlines and readers
        title.left, title.top, title.width, title.height = 0, -914400, show.slide_width, 800100
        _movie(page, slide, show.slide_width, show.slide_height)
        page.notes_slide.notes_text_frame.text = slide.notes
    show.save(path)


def _movie(page: Any, slide: Slide, width: int, height: int) -> None:
    from pptx.oxml import parse_xml

    movie = page.shapes.add_movie(
        BytesIO(slide.movie), 0, 0, width, height, poster_frame_image=BytesIO(slide.poster), mime_type="video/mp4"
    )
    movie._element.nvPicPr.cNvPr.set("descr", slide.alt)
    root = page._element
    for timing in root.findall("{http://schemas.openxmlformats.org/presentationml/2006/main}timing"):
        root.remove(timing)
    root.append(parse_xml(_TIMING.format(milliseconds=round(slide.seconds * 1000), shape=movie.shape_id)))
