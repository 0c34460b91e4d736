# Answers: levels, severities, what is wrong with a typed one, what is doubtful.
severity-low = ringan
severity-medium = sedang
severity-high = berat
severity-critical = kritis
level-ok = aman
level-watch = waspada
level-bad = gangguan
level-worst = darurat
form-example =
    <b>{ $title }</b> · { $post }
    Satu baris cukup, misalnya:
    <code>{ $example }</code>
example = Contoh satu baris: <code>{ $line }</code>
problem-typo = Kata «{ $word }» tidak dikenal. Maksud Anda?
problem-choice = «{ $text }» bukan pilihan untuk { $label }. Pilih:
problem-number = { $label }: «{ $text }» bukan angka. Ketik angkanya saja, misalnya { $example }.
problem-ratio = { $label }: «{ $text }» tidak terbaca. Ketik dua angka, misalnya { $example }.
problem-ratio-order = { $label }: { $first } lebih banyak dari { $second }. Ketik lagi, misalnya { $example }.
problem-yes-no = { $label }: «{ $text }» tidak terbaca. Ketik ya atau tidak.
problem-time = { $label }: «{ $text }» bukan jam. Ketik misalnya 08.10.
problem-location = { $label }: «{ $text }» bukan koordinat. Bagikan lokasi, atau ketik lintang,bujur.
problem-empty = { $label } masih kosong. Ketik jawabannya.
problem-not-typed = { $label } tidak bisa diketik.
problem-too-small = { $label }: { $value } terlalu kecil, paling sedikit { $min }.
problem-too-big = { $label }: { $value } terlalu besar, paling banyak { $max }.
problem-text-too-short = { $label } terlalu pendek ({ $length } huruf, paling sedikit { $min }).
problem-text-too-long = { $label } terlalu panjang ({ $length } huruf, paling banyak { $max }). Ketik yang lebih singkat.
problem-too-few = { $label }: { $count } pilihan, paling sedikit { $min }.
problem-too-many = { $label }: { $count } pilihan, paling banyak { $max }.
problem-not-for-post = { $label } tidak ditanyakan kepada { $post_kind }.
problem-not-asked = { $label } hanya diisi untuk jawaban { $other } tertentu.
problem-post-twice = Satu laporan untuk satu pos, tetapi tertulis #{ $first } dan #{ $second }. Pilih salah satu:
problem-left-over = «{ $text }» tidak terbaca dalam laporan ini.
doubt-over-post = { $label }: <b>{ $value }</b> lebih banyak dari jumlah { $attribute } ({ $limit }).
doubt-over-field = { $label }: <b>{ $value }</b> melebihi { $other } ({ $limit }).
doubt-unlikely-big = { $label }: <b>{ $value }</b> tidak biasa, umumnya paling banyak { $limit }.
doubt-unlikely-small = { $label }: <b>{ $value }</b> tidak biasa, umumnya paling sedikit { $limit }.
doubt-suggestion = Maksud Anda { $likely } dan bukan { $value }? Pilih, atau ketik angkanya lagi.
doubt-ask = Kalau memang { $value }, ketuk tombolnya. Kalau tidak, ketik angkanya lagi.
