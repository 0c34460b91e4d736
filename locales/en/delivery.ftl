# What people and admins hear when an update or a message goes astray.
set-aside = Sorry, your message could not be processed. The admins have been told. Give the number <b>{ $reference }</b> when you ask, and send your report again.
alert-set-aside = ⚠️ A message could not be processed and was set aside. Number: <b>{ $reference }</b>. The log has the details.
alert-unparsable = ⚠️ An update from Telegram cannot be read and was set aside. Number: <b>{ $reference }</b>. Everything else goes on.
alert-conflict = ⚠️ Another program uses the same bot token. Stop one of the two.
alert-token-refused = ⚠️ Telegram refused the bot's token for a while. Check the token with @BotFather.
alert-group-gone = ⚠️ The bot was removed from the group “{ $title }” ({ $region }). It gets no cards and summaries any more.
