"""The works that advice is taken from. Their sentences are not repeated here."""

from duly.advice.advice import Work

WOZNIAK = Work("P. A. Wozniak", "Effective learning: Twenty rules of formulating knowledge", "supermemo.com", 1999)
SM2 = Work("P. A. Wozniak", "Optimization of learning", "University of Technology, Poznań", 1990)
MATUSCHAK = Work(
    "A. Matuschak",
    "How to write good prompts: using spaced repetition to create understanding",
    "andymatuschak.org",
    2020,
)
TESTING = Work(
    "H. L. Roediger III and J. D. Karpicke",
    "Test-enhanced learning: Taking memory tests improves long-term retention",
    "Psychological Science 17",
    2006,
)
