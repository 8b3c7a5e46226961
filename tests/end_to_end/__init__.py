"""A small, strict Bot API on loopback, and our real process against it.

The fake refuses what Telegram refuses, with Telegram's texts, and delivers as Telegram delivers. It refuses unknown
methods too: a bot that calls a new one needs it in the fake first. Its rules were read in the source of the real
server (github.com/tdlib/telegram-bot-api, tdlib/td); nothing here was copied.

Reading order (a file knows only those above it)

    rules      what Telegram refuses, with its texts
    updates    what waits for the bot, for how long, and which kinds it wants
    state      chats, messages and open queries of one bot, behind one lock
    people     what people do: write, press, edit, ask inline
    messages   the methods that send, edit, delete and answer
    profile    the methods about the bot itself and its chats
    polling    getUpdates: offsets, long polls, conflicts
    webhook    setWebhook and the deliveries, one at a time in a chat, again after a failure
    faults     what goes wrong, by script
    wire       HTTP/1.1 as far as a bot and a webhook need it
    server     calls over HTTP, each with its faults
    processes  the fake in a thread of its own, and the bot in a process of its own

`python -m tests.end_to_end --port 8081` runs the same fake by hand (TELEGRAM_API_BASE=http://127.0.0.1:8081).
"""
