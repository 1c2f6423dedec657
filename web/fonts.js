// After the build: the faces of what is printed, whole, beside the templates of publications. A PDF cannot take the web's.
import { copyFileSync, mkdirSync } from "node:fs";

const made = "../src/tollbook/publish/fonts";
mkdirSync(made, { recursive: true });
for (const [folder, face] of [
  ["inter", "Inter"],
  ["vazirmatn", "Vazirmatn"],
  ["noto-sans-hebrew", "NotoSansHebrew"],
])
  for (const weight of ["400Regular", "700Bold"])
    copyFileSync(
      `node_modules/@expo-google-fonts/${folder}/${weight}/${face}_${weight}.ttf`,
      `${made}/${face}_${weight}.ttf`,
    );
