# What people and admins hear when an update or a message goes astray.
set-aside = Sorry, your message could not be processed. The admins have been told. Give the number <b>{ $reference }</b> when you ask, and send your report again.
alert-set-aside = ⚠️ A message could not be processed and was set aside. Number: <b>{ $reference }</b>. The log has the details.
alert-unparsable = ⚠️ An update from Telegram cannot be read and was set aside. Number: <b>{ $reference }</b>. Everything else goes on.
alert-conflict = ⚠️ Another program uses the same bot token. Stop one of the two.
alert-token-refused = ⚠️ Telegram refused the bot's token for a while. Check the token with @BotFather.
alert-database-broken = ⚠️ <b>Posko has stopped taking reports</b>: where it keeps its data is damaged or cannot be written. Messages sent now are held by Telegram for 24 hours at most and processed once this is mended; in an emergency use the telephone or the radio. Ask whoever runs the server to look at once: the last line of the log says what is broken and how to mend it.
alert-clock-wrong = ⚠️ The server's clock is wrong: it shows <b>{ $shown }</b>, but it should be <b>{ $right }</b>. Reminders, summaries, escalation and automatic clean-up are on hold; reports still come in and are answered. Set the server's clock right (synchronise it by NTP: <code>timedatectl set-ntp true</code>). Once it is right, everything goes on by itself.
alert-clock-right = ✅ The server's clock is right again: <b>{ $right }</b>. Reminders, summaries and escalation go on; what is long past is not sent.
alert-group-gone = ⚠️ The bot was removed from the group “{ $title }” ({ $region }). It gets no cards and summaries any more.
slowed = Many messages of yours came at once. All of them are stored and dealt with one after another; there is no need to send them again. /sos still comes first.
alert-flood = ⚠️ Telegram refuses everything that the bot sends, for { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}, it says. Nothing is lost: messages wait, and the most urgent one tries again every minute at the latest.
alert-flood-group = ⚠️ Telegram holds back what goes to the group “{ $title }” for { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}. Its cards and summaries wait; pass on what is urgent by another way.
