"""Quizzes answered by the engine: questions with true answers, wrong ones that diagnose, and worked solutions.

>>> question = make("output-size", seed=1)
>>> grade(question, question.answer).score
1.0
"""

from cnnviz.quizzes.export import export
from cnnviz.quizzes.grading import Grade, grade
from cnnviz.quizzes.making import make, topics
from cnnviz.quizzes.model import Choice, Question, Scene
from cnnviz.quizzes.selection import make_quiz
from cnnviz.quizzes.topic import Topic

__all__ = ["Choice", "Grade", "Question", "Scene", "Topic", "export", "grade", "make", "make_quiz", "topics"]
