/** A capital and its country. */
export interface Capital {
  readonly city: string;
  readonly country: string;
  readonly continent: string;
}

/** One line for each continent: `Continent: City=Country, …`. */
const TEXT = `
Africa: Abuja=Nigeria, Accra=Ghana, Addis Ababa=Ethiopia, Algiers=Algeria, Antananarivo=Madagascar, Bamako=Mali, Cairo=Egypt, Dakar=Senegal, Dodoma=Tanzania, Gaborone=Botswana, Harare=Zimbabwe, Kampala=Uganda, Khartoum=Sudan, Kigali=Rwanda, Kinshasa=DR Congo, Libreville=Gabon, Lilongwe=Malawi, Luanda=Angola, Lusaka=Zambia, Maputo=Mozambique, Nairobi=Kenya, Niamey=Niger, Rabat=Morocco, Tripoli=Libya, Tunis=Tunisia, Windhoek=Namibia, Yaoundé=Cameroon
Americas: Asunción=Paraguay, Bogotá=Colombia, Brasília=Brazil, Buenos Aires=Argentina, Caracas=Venezuela, Georgetown=Guyana, Guatemala City=Guatemala, Havana=Cuba, Kingston=Jamaica, La Paz=Bolivia, Lima=Peru, Managua=Nicaragua, Mexico City=Mexico, Montevideo=Uruguay, Nassau=Bahamas, Ottawa=Canada, Panama City=Panama, Port of Spain=Trinidad and Tobago, Quito=Ecuador, San José=Costa Rica, San Salvador=El Salvador, Santiago=Chile, Santo Domingo=Dominican Republic, Tegucigalpa=Honduras, Washington=United States
Asia: Amman=Jordan, Ankara=Türkiye, Astana=Kazakhstan, Baghdad=Iraq, Baku=Azerbaijan, Bangkok=Thailand, Beijing=China, Beirut=Lebanon, Bishkek=Kyrgyzstan, Colombo=Sri Lanka, Dhaka=Bangladesh, Doha=Qatar, Hanoi=Vietnam, Islamabad=Pakistan, Jakarta=Indonesia, Kabul=Afghanistan, Kathmandu=Nepal, Kuala Lumpur=Malaysia, Manila=Philippines, Muscat=Oman, New Delhi=India, Phnom Penh=Cambodia, Riyadh=Saudi Arabia, Seoul=South Korea, Singapore=Singapore, Tashkent=Uzbekistan, Tbilisi=Georgia, Tehran=Iran, Tokyo=Japan, Ulaanbaatar=Mongolia, Vientiane=Laos, Yerevan=Armenia
Europe: Amsterdam=Netherlands, Athens=Greece, Belgrade=Serbia, Berlin=Germany, Bern=Switzerland, Bratislava=Slovakia, Brussels=Belgium, Bucharest=Romania, Budapest=Hungary, Chișinău=Moldova, Copenhagen=Denmark, Dublin=Ireland, Helsinki=Finland, Kyiv=Ukraine, Lisbon=Portugal, Ljubljana=Slovenia, London=United Kingdom, Luxembourg=Luxembourg, Madrid=Spain, Monaco=Monaco, Oslo=Norway, Paris=France, Podgorica=Montenegro, Prague=Czechia, Reykjavík=Iceland, Riga=Latvia, Rome=Italy, Sarajevo=Bosnia and Herzegovina, Skopje=North Macedonia, Sofia=Bulgaria, Stockholm=Sweden, Tallinn=Estonia, Tirana=Albania, Vienna=Austria, Vilnius=Lithuania, Warsaw=Poland, Zagreb=Croatia
Oceania: Apia=Samoa, Canberra=Australia, Honiara=Solomon Islands, Nukuʻalofa=Tonga, Port Moresby=Papua New Guinea, Port Vila=Vanuatu, Suva=Fiji, Wellington=New Zealand
`;

/** Capitals in alphabetical order. */
export const CAPITALS: readonly Capital[] = TEXT.trim()
  .split("\n")
  .flatMap((line) => {
    const [continent = "", cities = ""] = line.split(": ");
    return cities.split(", ").map((pair) => {
      const [city = "", country = ""] = pair.split("=");
      return { city, country, continent };
    });
  })
  .toSorted((a, b) => a.city.localeCompare(b.city, "en"));

/** Capitals whose name, country or continent contains the text; accents and case make no difference. */
export function findCapitals(query: string): readonly Capital[] {
  const wanted = plain(query.trim());
  return CAPITALS.filter(({ city, country, continent }) => plain(`${city}\n${country}\n${continent}`).includes(wanted));
}

/** The text before, in and after the first occurrence; all before where there is none. */
export function splitAt(text: string, query: string): readonly [before: string, match: string, after: string] {
  const wanted = plain(query.trim());
  const at = wanted === "" ? -1 : plain(text).indexOf(wanted);
  if (at < 0 || plain(text).length !== text.length) return [text, "", ""];
  return [text.slice(0, at), text.slice(at, at + wanted.length), text.slice(at + wanted.length)];
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase();
}
