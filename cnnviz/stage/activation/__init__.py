"""An activation on stage: a feature map (`subject`), its pictures (`maps`, `graph`), and the story (`lesson`)."""
