# What is told in confidence, and who looks at the name behind it.
receipt-confidential = 🔒 Your name is not shown.
button-confide = Keep my name secret
button-confided = Keep my name secret ✓
button-identity = Show the reporter
tap-confided = 🔒 Your name will not be shown.
tap-not-confided = Your name will be shown as usual.
identity-title = 🔒 <b>Reporter of I-{ $number }</b>
identity-person = { $rank }<a href="tg://user?id={ $telegram }">{ $name }</a> ({ $agency })
identity-phone = Telephone: { $phone }
identity-telegram = Telegram id: <code>{ $telegram }</code>
identity-behalf = On behalf of: { $names }
identity-place = Post: { $post }
identity-times = Happened { $occurred } · sent { $sent }
identity-words = <blockquote>{ $words }</blockquote>
identity-journaled = This look is in the journal under your name, and the reporter is told. Please do not pass it on.
identity-seen = 🔒 Your identity in I-{ $number } was seen by a person named for it · { $clock }
