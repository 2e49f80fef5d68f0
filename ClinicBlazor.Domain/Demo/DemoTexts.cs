namespace ClinicBlazor.Domain.Demo;

/// <summary>Names and sentences of the demo clinic. All people are made up.</summary>
internal static class DemoTexts
{
    public const string SignedSymptoms =
        "My nose has been blocked for twelve days and now my cheek and teeth hurt on the right when I bend down. What comes out is yellow & thick. Temperature was < 38 at home.";

    public const string SignedDiagnosis =
        "Acute bacterial sinusitis, right maxillary sinus. Symptoms over ten days with worsening, purulent discharge. Because of the penicillin allergy no amoxicillin: doxycycline 100 mg twice a day for seven days. Return if vision changes, neck stiffness or fever over 39 °C.";

    public const string AliceWaiting =
        "Since Sunday I have a headache on the left side. It comes in waves and light makes it worse. On Tuesday I was sick twice.\nIbuprofen helped a little but it came back after four hours. Before it starts I see a shimmering spot, maybe twenty minutes.";

    public const string BobWaiting =
        "My lower back went stiff after lifting boxes on Saturday. It pulls down into the left buttock when I stand up. No numbness, I can walk.";

    public const string CarolWaiting =
        "An itchy rash on both arms since I repotted the heliotrope on the balcony. It burns at night and small blisters came up yesterday.";

    public const string ReasonToWaive = "A second look at what was treated last week.";

    public const string AlertNote = "Back from leave and on nights from now on, as agreed with the head nurse.";

    public const string ReasonToLeave = "Called to work; will come back on another day.";

    public const string ReasonInError = "Checked in for somebody else of the same name.";

    public static IReadOnlyList<string> FemaleNames { get; } =
        ["Elena", "Grace", "Ines", "Kira", "Mina", "Noor", "Olga", "Priya", "Rosa", "Sofia", "Tessa", "Uma", "Vera", "Wanda", "Yara", "Zoe",
            "Amara", "Bella", "Clara", "Dina", "Freya", "Hana", "Iris", "Jana", "Lucía"];

    public static IReadOnlyList<string> MaleNames { get; } =
        ["David", "Farid", "Hugo", "Jonas", "Liam", "Paul", "Ravi", "Samuel", "Tomás", "Victor", "Walter", "Xavier", "Yusuf", "Anton",
            "Bruno", "Cesar", "Diego", "Emil", "Felix", "Georg", "Henry", "Ivo", "Karl", "Leo", "Marek"];

    public static IReadOnlyList<string> FamilyNames { get; } =
        ["Dunn", "Ford", "Gul", "Hall", "Ito", "Jung", "Kerr", "Lund", "Moss", "Nye", "Obeid", "Pike", "Quist", "Rao", "Stone", "Tran",
            "Ueda", "Vance", "Wolff", "Xu", "Young", "Zeller", "Abbott", "Berg", "Castillo", "Diaz", "Eaton", "Fischer", "García", "Holm",
            "Ivanov", "Jansen", "Keane", "Lopez", "Müller", "Novak", "O'Brien", "Petrov", "Reyes", "Sato"];

    public static IReadOnlyList<string> Streets { get; } =
        ["Orchard Lane", "Mill Street", "Station Road", "Church Square", "Harbour Way", "Linden Avenue", "Garden Row", "Hill Street",
            "River Walk", "Market Place"];

    public static IReadOnlyList<(string Symptoms, string Text, string Code)> Charts { get; } =
    [
        ("Runny nose and a sore throat for three days, no fever.", "Common cold. Fluids, rest, saline spray.", "J06.9"),
        ("Burning when passing water since yesterday, needs to go often.", "Uncomplicated cystitis. Nitrofurantoin for five days.",
            "N39.0"),
        ("Blood pressure was high at the pharmacy, twice. Feels well.",
            "Raised blood pressure, to be confirmed by home readings over seven days.", "I10"),
        ("Stomach burns after meals and when lying down.", "Reflux. Omeprazole 20 mg for four weeks, smaller meals in the evening.",
            "K21.9"),
        ("Twisted the right ankle on the stairs, swollen outside.", "Sprained lateral ligament. Elastic bandage, cooling, early movement.",
            "S93.4"),
        ("Cough for two weeks, worse at night, no blood.", "Acute bronchitis. Return if fever or short of breath.", "J20.9"),
        ("Dry itching patches in the bends of the elbows every winter.",
            "Atopic dermatitis. Emollient twice a day, hydrocortisone 1 % for one week.", "L20.9"),
        ("Ear pain on the left since last night, fever 38.4.", "Acute otitis media. Paracetamol, look again in two days.", "H66.9"),
        ("Tired for months, cold all the time, put on weight.", "Suspected hypothyroidism, TSH ordered.", "E03.9"),
        ("Pain in the right knee when going downstairs.", "Osteoarthritis of the knee. Exercise, paracetamol as needed.", "M17.9"),
    ];
}
