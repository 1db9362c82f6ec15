"""The words that open a question, an answer or a field, by language. A new language is a new row."""

import re

WORDS = {
    "zh": {
        "asks": "问题 提问 追问 问 問題 提問 追問 問 题目 題目 题 題 正面",
        "answers": "参考答案 答案 解答 回答 答 參考答案 解 背面",
        "explains": "解析 解释 详解 解釋 詳解",
        "extra": "补充 拓展 延伸 補充",
        "hint": "提示",
        "tags": "标签 標籤",
        "source": "来源 出处 來源 出處",
    },
    "en": {
        "asks": "Question Q Ｑ Front Term",
        "answers": "Answer A Ａ Back Definition",
        "explains": "Explanation",
        "extra": "Extra",
        "hint": "Hint",
        "tags": "Tags",
        "source": "Source",
    },
    "de": {"asks": "Frage F", "answers": "Antwort", "explains": "Erklärung", "hint": "Hinweis", "source": "Quelle"},
    "fr": {"asks": "Question", "answers": "Réponse R", "explains": "Explication", "hint": "Indice"},
    "es": {"asks": "Pregunta P", "answers": "Respuesta R", "explains": "Explicación", "source": "Fuente"},
    "it": {"asks": "Domanda D", "answers": "Risposta R", "explains": "Spiegazione", "source": "Fonte"},
    "pt": {"asks": "Pergunta P", "answers": "Resposta R", "explains": "Explicação", "hint": "Dica", "source": "Fonte"},
    "ru": {"asks": "Вопрос В", "answers": "Ответ О", "explains": "Пояснение", "source": "Источник"},
    "ja": {"asks": "質問 問題", "answers": "回答 解答 答え", "explains": "解説", "hint": "ヒント", "source": "出典"},
    "ko": {"asks": "질문 문제", "answers": "답변 정답 답", "explains": "해설", "hint": "힌트", "source": "출처"},
    "chat": {
        "asks": "You User Human Me 我 用户 用戶",
        "answers": "ChatGPT GPT GPT-4 Assistant AI Bot Gemini DeepSeek 助手 机器人",
    },
}  # fmt: skip
"""For each language, its words for each role, separated by spaces; ``chat`` has the speakers of a conversation."""

ROLES = ("asks", "answers", "explains", "extra", "hint", "tags", "source")


def word_pattern(role: str, *, is_chat: bool = False) -> str:
    """A pattern for the words of a role, the longest first; those of conversations only with `is_chat`."""
    rows = [row for name, row in WORDS.items() if (name == "chat") == is_chat]
    words = {word for row in rows for word in row.get(role, "").split()}
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
