using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Administrative sex (FHIR AdministrativeGender).</summary>
public enum Sex
{
    /// <summary>Not recorded.</summary>
    Unknown,

    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,

    /// <summary>Other.</summary>
    Other,
}

/// <summary>A person in the care of the clinic.</summary>
internal sealed class Patient : IDemographic, ISealedRow
{
    private const int LongestKey = 200;

    private readonly List<PatientWord> words = [];

    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public Guid PatientId => Id;

    /// <summary>The number that people read out, counted up from 10,001.</summary>
    public required int Number { get; init; }

    /// <summary>Given names.</summary>
    public string GivenName { get; private set; } = "";

    /// <summary>Family name.</summary>
    public string FamilyName { get; private set; } = "";

    /// <summary><see cref="GivenName"/> as it is searched.</summary>
    public string GivenNameKey { get; private set; } = "";

    /// <summary><see cref="FamilyName"/> as it is searched.</summary>
    public string FamilyNameKey { get; private set; } = "";

    /// <summary>Date of birth.</summary>
    public DateOnly BirthDate { get; private set; }

    /// <summary>Administrative sex.</summary>
    public Sex Sex { get; private set; }

    /// <summary>Phone, in E.164.</summary>
    public string? Phone { get; private set; }

    /// <summary>E-mail.</summary>
    public string? Email { get; private set; }

    /// <summary>Postal address, one line.</summary>
    public string? Address { get; private set; }

    /// <summary>Social security number, nine digits.</summary>
    public SealedText? Ssn { get; private set; }

    /// <summary>Blind index of <see cref="Ssn"/>.</summary>
    [BlindIndexOf(nameof(Ssn))]
    public byte[]? SsnIndex { get; private set; }

    /// <summary>Tax identification number, nine digits.</summary>
    public SealedText? Tin { get; private set; }

    /// <summary>Why this person was registered although somebody like them was known; null where nobody was.</summary>
    public string? DuplicateReason { get; private set; }

    /// <summary>The words by which the person is found.</summary>
    public IReadOnlyCollection<PatientWord> Words => words;

    /// <summary>False once the clinic no longer cares for this person. The chart stays.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>When the person was registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Row version; a save that was based on another one is refused.</summary>
    public Guid Version { get; private set; } = Guid.CreateVersion7();

    RowOwner ISealedRow.Owner => new(Id);

    /// <summary>Sets who the person is.</summary>
    public void Identify(string givenName, string familyName, DateOnly birthDate, Sex sex)
    {
        (GivenName, FamilyName, BirthDate, Sex) = (givenName, familyName, birthDate, sex);
        (GivenNameKey, FamilyNameKey) = (Shortened(Folding.Key(givenName)), Shortened(Folding.Key(familyName)));
        Index();
        Version = Guid.CreateVersion7();
    }

    /// <summary>Sets how the person is reached.</summary>
    public void SetContact(string? phone, string? email, string? address)
    {
        (Phone, Email, Address) = (phone, email, address);
        Index();
        Version = Guid.CreateVersion7();
    }

    /// <summary>Sets the protected identifiers, with the index of the one that is searched for.</summary>
    public void SetIdentifiers(SealedText? ssn, byte[]? ssnIndex, SealedText? tin)
    {
        (Ssn, SsnIndex, Tin) = (ssn, ssnIndex, tin);
        Version = Guid.CreateVersion7();
    }

    /// <summary>Says why the person is not one of those who are known already.</summary>
    public void IsNobodyKnown(string reason) => DuplicateReason = reason;

    /// <summary>Makes the patient inactive or active again.</summary>
    public void SetActive(bool active)
    {
        IsActive = active;
        Version = Guid.CreateVersion7();
    }

    /// <summary>Writes keys, words and phone anew by the present rules, from what is stored.</summary>
    public void IndexAgain(string phoneRegion)
    {
        Phone = Phones.Normal(Phone, phoneRegion) ?? Phone;
        (GivenNameKey, FamilyNameKey) = (Shortened(Folding.Key(GivenName)), Shortened(Folding.Key(FamilyName)));
        Index();
    }

    private static string Shortened(string key) => key.Length <= LongestKey ? key : key[..LongestKey];

    /// <summary>Adds the words that are missing; one that is there already stays, at the present name's place.</summary>
    private void Index()
    {
        var place = PatientWord.SortKeyOf(FamilyNameKey, GivenNameKey, Number);
        words.ForEach(word => word.SortKey = place);
        var wanted = NameWords.Of(GivenName, FamilyName).Concat(NameSounds.Of(GivenName, FamilyName)).Concat(Phones.Words(Phone));
        words.AddRange(wanted.Distinct(StringComparer.Ordinal).Except(words.Select(word => word.Word), StringComparer.Ordinal)
            .Select(word => new PatientWord { PatientId = Id, Word = word, SortKey = place }));
    }
}
