"""Which country a chat chose, for its emergency number: a keyed hash of the chat and two letters as a number."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b

from bot.store.database import Database

MOST_IN_MEMORY = 10_000  # choices remembered beside the file, which go on working while it does not


class ChosenCountries:
    """The countries that chats chose, in memory and in the database, until they choose another.

    Args:
        token: the bot's; the hash depends on it, so that a file alone does not tell which chats chose.
        default: the operator's country code, for all who chose none; empty for none.
    """

    def __init__(self, database: Database, token: str, default: str = "") -> None:
        self._database = database
        self._key = blake2b(token.encode(), digest_size=32).digest()
        self._memory: OrderedDict[int, str] = OrderedDict()
        self.default = default

    def choose(self, chat_id: int, country_code: str) -> None:
        """Remember the country of a chat; an empty code forgets it."""
        chat = self._hash(chat_id)
        self._memory[chat] = country_code
        self._memory.move_to_end(chat)
        while len(self._memory) > MOST_IN_MEMORY:
            self._memory.popitem(last=False)
        if country_code:
            code = int.from_bytes(country_code.encode("ascii"))
            self._database.execute("INSERT OR REPLACE INTO country VALUES (?, ?)", (chat, code))
        else:
            self._database.execute("DELETE FROM country WHERE chat = ?", (chat,))

    def of(self, chat_id: int) -> str:
        """The code of the country that a chat chose, or else of the operator's; empty for none."""
        chat = self._hash(chat_id)
        if chat in self._memory:
            return self._memory[chat] or self.default
        for (code,) in self._database.execute("SELECT code FROM country WHERE chat = ?", (chat,)):
            return code.to_bytes(2).decode("ascii", "replace")
        return self.default

    def _hash(self, chat_id: int) -> int:
        digest = blake2b(str(chat_id).encode(), key=self._key, digest_size=8).digest()
        return int.from_bytes(digest, signed=True)
