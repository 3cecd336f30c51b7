"""The environment as settings: what is garbled is named, and its value never shown."""

from pathlib import Path

import pytest

from bot.settings import _EXPECTED, KNOWLEDGE_DIR, Settings, SettingsError, load_settings

TOKEN = "123456789:AAH-made_up_token_of_real_shape_0123"
SECRET = "made-up-webhook-secret"

# A value for each variable that cannot be right.
GARBLED = {
    "TELEGRAM_BOT_TOKEN": "my-canary-token",
    "TELEGRAM_API_URL": "ftp://canary",
    "WEBHOOK_URL": "http://canary",
    "WEBHOOK_SECRET": "canary!",
    "PORT": "canary",
    "DATABASE_URL": "mysql://canary",
    "LOG_LEVEL": "canary",
    "LOG_FORMAT": "canary",
}


@pytest.fixture(autouse=True)
def _no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither this machine's variables nor the .env of the checkout."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_nothing_has_to_be_set() -> None:
    settings = load_settings()

    assert settings.telegram_bot_token is None
    assert settings.webhook_url is None
    assert settings.webhook_secret is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.database_file == Path("back-spasm-bot.sqlite3")
    assert settings.knowledge_dir == KNOWLEDGE_DIR
    assert settings.default_country == ""
    assert (settings.log_level, settings.log_format) == ("INFO", "plain")


def test_empty_means_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    unset = load_settings()
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")

    assert load_settings() == unset


def test_what_is_set_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("LOG_FORMAT", "json")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////var/bot/x.sqlite3")

    settings = load_settings()

    assert (settings.port, settings.log_format) == (0, "json")
    assert settings.database_file == Path("/var/bot/x.sqlite3")


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("PORT=1111\nLOG_LEVEL=DEBUG\nSOMEBODY_ELSES=x\n")
    monkeypatch.setenv("PORT", "2222")

    settings = load_settings()

    assert (settings.port, settings.log_level) == (2222, "DEBUG")


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    Path(".env").write_text("\ufeffPORT=1111\n", encoding="utf-8")

    assert load_settings().port == 1111


def test_a_token_of_real_shape_is_taken_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)

    settings = load_settings()

    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert TOKEN not in shown
    assert SECRET not in shown


@pytest.mark.parametrize("name", GARBLED)
def test_a_garbled_variable_is_named_with_what_it_should_be(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, GARBLED[name])

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert str(refused.value) == (
        f"{name} is not right: write {_EXPECTED[name.lower()]}.\nSee .env.example for every variable."
    )


@pytest.mark.parametrize("from_file", [False, True], ids=["environment", "file"])
def test_every_garbled_variable_is_named_at_once_and_no_value(
    monkeypatch: pytest.MonkeyPatch, *, from_file: bool
) -> None:
    if from_file:
        Path(".env").write_text("".join(f"{name}={value}\n" for name, value in GARBLED.items()))
    for name, value in GARBLED.items() if not from_file else ():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        load_settings()

    told = str(refused.value)
    assert [line.split()[0] for line in told.splitlines()[:-1]] == sorted(GARBLED)
    assert "canary" not in told
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    "token", [TOKEN.replace(":", ""), f"{TOKEN} x", f" {TOKEN}", "123:short", f"bot{TOKEN}", f"{TOKEN}\n"]
)
def test_a_token_that_lost_something_is_refused(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)

    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN is not right"):
        load_settings()


@pytest.mark.parametrize("port", ["-1", "65536", "80.5", "http"])
def test_a_port_outside_the_range_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)

    with pytest.raises(SettingsError, match="PORT is not right: write a number from 0 to 65535"):
        load_settings()


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/hook")

    with pytest.raises(SettingsError, match="WEBHOOK_SECRET is missing"):
        load_settings()


def test_a_webhook_with_its_secret_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/hook")
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)

    assert load_settings().webhook_url == "https://bot.example.org/hook"


@pytest.mark.parametrize("secret", ["short", "with blanks in the middle", "x" * 257, "umlautü-umlautü-umlautü"])
def test_a_secret_that_telegram_would_refuse_is_refused(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", secret)

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert "WEBHOOK_SECRET is not right" in str(refused.value)
    assert secret not in str(refused.value)


def test_a_file_that_is_no_text_is_refused() -> None:
    Path(".env").write_bytes(b"LOG_LEVEL=INF\xd6\n")

    with pytest.raises(SettingsError, match=r"\.env is not UTF-8 text"):
        load_settings()


def test_each_variable_has_words_for_what_it_should_be() -> None:
    assert _EXPECTED.keys() == Settings.model_fields.keys()
