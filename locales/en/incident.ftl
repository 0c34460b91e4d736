# Incidents: the card, and what people hear of each step.
card-title = { $symbol } <b>I-{ $number } · { $title } · { $severity }</b>
card-place = 📍 { $post } — { $path }
card-times = 🕗 Happened { $occurred } · sent { $sent }
card-map = <a href="https://maps.google.com/?q={ $lat },{ $lon }">Open the map</a>
card-answer = { $label }: { $value }
card-note = <blockquote>{ $note }</blockquote>
card-reporter = Reported by { $name } ({ $agency })
card-confidential = 🔒 Reporter kept confidential
card-state-new = { $symbol } <b>Waiting to be taken</b>
card-state-acknowledged = { $symbol } Handled by { $owner } · { $clock }
card-state-resolved = { $symbol } Resolved by { $owner } · { $clock }
tap-taken = I-{ $number } is yours. The reporter has been told.
tap-resolved = I-{ $number } is resolved. The reporter has been told.
tap-already-acknowledged = I-{ $number } has been taken by { $name }.
tap-already-resolved = I-{ $number } is resolved already ({ $name }).
officer-taken = 👀 <b>I-{ $number }</b> was taken by { $name } · { $clock }. Report any change: /incident
officer-resolved = ✅ <b>I-{ $number }</b> was resolved by { $name } · { $clock }. Thank you.
incident-coordinators-only = Cards are for coordinators. Your own reports and what became of them: /my
incident-unknown = There is no I-{ $number } in your territory.
