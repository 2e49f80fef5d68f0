namespace ClinicBlazor.Tests.Support;

/// <summary>Names of people, and what finds them wherever people are searched for: as it is typed and as it is pasted.</summary>
public static class NameVariants
{
    /// <summary>Given name, family name, searches.</summary>
    public static TheoryData<string, string, string[]> All { get; } = new()
    {
        { "Siobhán", "O'Neil", ["O'Neil", "oneil", "o neil", "O’NEIL", "siobhan", "neil siob", "\u200eO'Neil\u00a0", "O'Neil\u202fSiob"] },
        { "Pieter", "van der Quast", ["van der Quast", "quast", "vanderquast", "derquast", "quast pieter", "Quast, Pieter"] },
        { "Mary Ann", "Weatherby", ["Mary Ann", "ann", "maryann", "weatherby ann", "ann mary  weath", "Mary\u00a0Ann"] },
        { "Lucía", "Zorrilla-Quintana", ["Zorrilla-Quintana", "quintana", "zorrilla quintana", "zorrilla\u2011quintana", "LUCIA quin"] },
        { "राहुल", "शर्मा", ["राहुल", "शर्मा", "राह", "शर्मा राहुल"] },
        { "Bjørn", "Łuczak-Groß", ["bjorn", "Łuczak", "luczak", "gross", "groß"] },
        { "", "Sukarnoputra", ["sukarnoputra", "Sukar"] },
        { "Leilani", "Ka\u02bbahumanu", ["Ka'ahumanu", "kaahumanu", "Ka\u02bbahumanu", "ahumanu"] },
        { "Sinéad", "O\u02bcNeil", ["O'Neil", "oneil"] },
        { "Νίκος", "ΠΑΠΑΔΟΠΟΥΛΟΣ", ["Παπαδόπουλος", "παπαδοπουλοσ", "νικος παπαδ"] },
        { "小明", "王", ["王小明", "小明王", "王"] },
        { "Zo\u00eb", "Q\u00faarles", ["zoe", "Zoe\u0308", "q\u00faarles zo\u200be"] },
        { "Jane", "Smith-O'Brien", ["O'Brien", "obrien", "smith obrien", "Smith-O’Brien", "smithobrien", "smitho"] },
        { "Gina", "Rossi-D'Angelo", ["D'Angelo", "dangelo", "rossi d'angelo"] },
        { "Paz", "Lopez-O'Neil", ["oneil", "O'Neil", "lopez-oneil"] },
        { "Una", "Smith-Jones-Brown", ["Jones-Brown", "jonesbrown", "Smith-Jones", "brown"] },
        { "J.R.R.", "Tolkien", ["J.R.R. Tolkien", "jrr", "tolkien"] },
        { "Martin Luther", "King Jr.", ["King Jr.", "jr. king", "Luther King"] },
        { "Dr. Amos", "Adamsky", ["Dr. Adamsky", "dr adamsky", "Adamsky, Dr. Amos"] },
        { "علی\u200cرضا", "رضایی", ["علی\u200cرضا", "علیرضا", "رضایی"] },
    };
}
