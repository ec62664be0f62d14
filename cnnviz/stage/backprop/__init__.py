"""The way back through a convolution on stage: what is handed out (`sharing`), its picture (`view`) and its story."""
