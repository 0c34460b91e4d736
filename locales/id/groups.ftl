# Groups: their purposes, linking them, and incidents that none of them hears of.
purpose-coordination = koordinasi
purpose-security = keamanan
purpose-neutrality = netralitas
purpose-disaster = bencana
purpose-logistics = logistik
purpose-legal = hukum
purpose-corrections = pemasyarakatan
purpose-all = semua urusan
alert-no-group = ⚠️ <b>I-{ $number }</b> di { $region } tidak sampai ke grup mana pun. Hubungkan grup dengan /hubungkan, dan tindak lanjuti sekarang: /insiden I-{ $number }
tap-not-linked = Grup ini tidak terhubung lagi. Admin dapat menghubungkannya dengan /hubungkan WILAYAH.
group-hello = Posko siap di grup ini. Admin menghubungkannya dengan: <code>/hubungkan WILAYAH</code>, misalnya <code>/hubungkan Lubuklinggau</code>
link-example =
    Sebut wilayahnya, dan urusannya bila perlu:
    <code>/hubungkan Lubuklinggau</code>
    <code>/hubungkan 16.74 bencana logistik</code>
linked = ✅ Grup ini terhubung dengan <b>{ $region }</b> untuk { $purposes }.
unlinked = Grup ini tidak terhubung lagi. Kartu dan ringkasan tidak dikirim ke sini.
not-linked = Grup ini belum terhubung. Admin: <code>/hubungkan WILAYAH</code>
menu-link = Hubungkan grup dengan wilayah
menu-unlink = Putuskan grup
help-link =
    { $command } menghubungkan grup ini:
    <code>{ $command } Lubuklinggau</code>
    <code>{ $command } 16.74 bencana logistik</code>
help-unlink = { $command } menghentikan kartu dan ringkasan di grup ini.
