"""The bot on Telegram, without Telegram: constructed updates go in, recorded requests come out."""
