/** Common names, chosen by us: whoever bears one in the demonstration is invented. */

export const GIVEN_NAMES = `Alessandra Alessandro Alessia Alfio Alice Andrea Angela Angelo Anna
Antonella Antonino Antonio Barbara Beatrice Benedetto Calogera Calogero Camilla Carlo Carmela
Carmelo Caterina Chiara Claudia Claudio Concetta Cristian Cristina Daniela Daniele Dario Davide
Debora Domenica Domenico Elena Eleonora Elisa Emanuele Emanuela Enrico Enza Erika Fabio Fabrizio
Federica Federico Filippo Francesca Francesco Gabriele Gaetana Gaetano Gaspare Giacomo Giada Giorgia
Giorgio Giovanna Giovanni Giulia Giulio Giuseppa Giuseppe Giuseppina Grazia Ignazio Ilaria Irene
Ivan Laura Leonardo Letizia Lidia Liliana Linda Lorenzo Luca Lucia Luciano Luigi Luisa Marcello
Marco Margherita Maria Mariangela Mario Marta Martina Massimo Matteo Maurizio Michela Michele Mirko
Monica Nadia Nicola Nicolò Nunzia Nunzio Ornella Paola Paolo Patrizia Pietro Pina Raffaele Riccardo
Rita Roberta Roberto Rocco Rosa Rosalia Rosario Salvatore Samuele Sandra Santo Sara Sebastiano
Serena Sergio Silvia Simona Simone Sofia Stefania Stefano Teresa Tiziana Tommaso Umberto Valentina
Valeria Veronica Vincenza Vincenzo Vito Viviana`.split(/\s+/);

export const FAMILY_NAMES = `Accardi Agnello Aiello Alaimo Alessi Amato Arena Ardizzone Arcidiacono
Armao Bellanca Bellia Bellomo Bonanno Bonfiglio Brancato Bruno Buscemi Calabrese Calì Cammarata
Campanella Campo Cannata Cannizzaro Caponnetto Cardella Carollo Carrubba Caruso Casale Castiglione
Catalano Catania Cavallaro Ciaramitaro Cicero Cirrincione Cocuzza Conti Corso Costa Costantino Costanzo
Craparotta Cucinotta Cusumano Cutaia Damiani Danna Dattilo Decaro Ferrante Ferrara Ferraro Ferro
Finocchiaro Fiorentino Fontana Foti Fragapane Fricano Galati Gallo Gambino Gangemi Garofalo Gennaro
Gentile Giaconia Giambrone Giardina Giglio Giordano Giuffrida Giunta Grasso Greco Gueli Guarino
Gulino Impellizzeri Indelicato Ingrassia Iacono Lauria Leone Licata Licciardello Lombardo Longo
Lupo Macaluso Maggio Mancuso Mangano Manno Marchese Marino Marotta Martorana Mazzola Mendola Messina
Miceli Milazzo Mineo Modica Monaco Moncada Montalbano Morreale Mule Musumeci Naselli Nicosia Nicotra
Orlando Pace Pagano Palazzolo Palermo Pappalardo Parisi Passalacqua Patanè Patti Pellegrino Pennisi
Pitrone Privitera Puglisi Quartararo Raciti Randazzo Rapisarda Restivo Riggio Rizzo Romano Romeo
Rosselli Ruggeri Russo Saccone Saitta Salerno Sanfilippo Sapienza Scalia Schifano Sciacca Scuderi
Sgroi Sicari Signorelli Sorbello Sorrentino Spadaro Spampinato Spina Sutera Taormina Terranova
Tomaselli Torre Torrisi Traina Trovato Tuccio Urso Vaccaro Valenti Vella Ventura Vinci Virga Vitale
Vitello Zappalà Zappulla Zito`.split(/\s+/);
