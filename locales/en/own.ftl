# One's own tasks, contact and language.
contact-mine =
    <b>Your contact</b>
    Rank: { $rank }
    Name: { $name }
    Number: { $phone }

    🔒 Optional. Shown on the cards of your incidents so that you can be called: everybody in the groups that get the card can read it. Not on confidential reports. You can delete it at any time.
    To change: <code>/contact Bripka</code> or <code>/contact 0812-0000-0001</code>
contact-none = not given
contact-share-mine = 📱 Share my number
contact-share = Tap <b>📱 Share my number</b> below so that you can be called. It is shown on the cards of your incidents; everybody in the groups that get the card can read it. Optional. Another number: <code>/contact 0812-0000-0001</code>
contact-kept = ✅ Your number ending in { $tail } is kept. It is shown on the cards of your incidents; everybody in the groups that get the card can read it. See or delete it: /contact
contact-kept-rank = ✅ Your rank { $rank } and your number ending in { $tail } are kept. Both are shown on the cards of your incidents; everybody in the groups that get the card can read them. See or delete them: /contact
contact-offer = 📱 Share your number so that you can be called (optional; read in the groups that get your cards): /contact
contact-not-own = That is somebody else's number and was not kept. Share your own with /contact
contact-rank-long = That rank is too long: { $most } characters at most. Example: /contact Bripka
phone-letters = That cannot be read as a phone number. Example: /contact 0812-0000-0001
phone-short = That number is too short. Example: /contact 0812-0000-0001. An office: with its area code
phone-long = That number is too long. Example: /contact 0812-0000-0001
phone-country = That number begins with neither 0 nor a country code. Example: /contact 0812-0000-0001, or from abroad with + in front
phone-uncallable = A +888 number only signs in to Telegram and cannot be called. Type another, such as: /contact 0812-0000-0001
button-change-phone = Change number
button-delete-phone = Delete number
button-delete-rank = Delete rank
tap-phone-change = Tap the button below to share the number of this phone.
tap-phone-deleted = Your number is deleted, also from the cards of your incidents.
tap-phone-none = Your number is no longer kept.
tap-rank-deleted = Your rank is deleted.
tap-rank-none = Your rank is no longer kept.
menu-contact = My rank and phone number
help-contact =
    { $command } shows your rank and number, and who sees them.
    <code>{ $command } Bripka</code>
    <code>{ $command } 0812-0000-0001</code>
my-owned = <b>Incidents you are handling</b>
my-owned-incident = { $symbol } I-{ $number } · { $title } · { $post } · { $state }
my-owned-due = { $symbol } I-{ $number } · { $title } · { $post } · { $state } · due { $time }
my-owned-late = { $symbol } I-{ $number } · { $title } · { $post } · { $state } · ⏰ <b>overdue</b>, now due { $time }
my-list = Incidents of your territory: /incident list
my-title = <b>{ $name }</b>
my-phase = { $days } · { $phase }
my-post = 📍 { $name } <code>#{ $code }</code>
my-more-posts = … and { $count } more
my-next = Next due: { $label }, { $time }
my-role = 🗂 { $role }: { $place }
my-reports = <b>Last reports</b>
my-report = { $number } · { $title } · { $post } · { $time } · { $state }
my-unassigned = 📍 You hold no post at present. A coordinator assigns you by an invitation, or a colleague hands a post over.
my-no-reports = No reports yet. Start with /status
my-incidents = <b>Your open incidents</b>
my-incident = { $symbol } I-{ $number } · { $title } · { $post } · { $state }
my-incident-owner = { $symbol } I-{ $number } · { $title } · { $post } · { $state } by { $owner }
my-incident-merged = { $symbol } I-{ $own } → I-{ $number } · { $title } · { $post } · { $state }
my-incident-merged-owner = { $symbol } I-{ $own } → I-{ $number } · { $title } · { $post } · { $state } by { $owner }
my-draft = ✏️ Draft { $title } since { $time }
my-draft-post = ✏️ Draft { $title } for { $post } since { $time }
my-draft-words = ✏️ A message of { $time } that is no report yet
language-which = Choose a language:
language-set = English is used.
menu-my = My posts, windows and reports
menu-language = Language / bahasa
help-my = { $command } shows your posts, what is due, last reports, open incidents and drafts.
help-language = { $command } id or { $command } en changes the language; in a group, the group's.
