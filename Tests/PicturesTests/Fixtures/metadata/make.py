"""Makes picture files that carry our texts, written by others: Pillow and exiftool.

Run it in this folder, with Pillow installed and exiftool on the path.
"""
import shutil
import subprocess

from PIL import Image, PngImagePlugin

RECIPE = "content: /a/Füße & <Meer>.jpg\nseed: 7\n"
RECORD = '{"sources":[]}'

image = Image.new("RGB", (7, 5), (200, 90, 40))

text = PngImagePlugin.PngInfo()
text.add_itxt("Impasto recipe", RECIPE, lang="en", tkey="Recipe")
text.add_itxt("Impasto record", RECORD)
text.add_text("Comment", "somebody else's")
image.save("pillow.png", pnginfo=text)

# The properties as attributes, as Adobe's programs write them.
escaped = (RECIPE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
           .replace("\n", "&#xA;"))
packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:impasto="urn:impasto:1.0:" impasto:recipe="{escaped}"
 impasto:record='{RECORD}'/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
image.save("pillow.jpg", xmp=packet.encode())
image.save("pillow.webp", xmp=packet.encode())

# exiftool rewrites the whole packet when it changes one property.
for ending in ("jpg", "webp"):
    shutil.copy(f"pillow.{ending}", f"exiftool.{ending}")
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", "-XMP:Rating=4", f"exiftool.{ending}"], check=True)
