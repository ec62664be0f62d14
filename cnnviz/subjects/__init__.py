"""What scenes, quizzes and commands are about: options, checked once, and the traces made of them; no Manim."""
