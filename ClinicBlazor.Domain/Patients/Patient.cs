using System.Globalization;
using System.Text;
using ClinicBlazor.Domain.Access;
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
internal sealed class Patient : IDemographic
{
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

    /// <summary><see cref="GivenName"/> as <see cref="SearchKey"/>.</summary>
    public string GivenNameKey { get; private set; } = "";

    /// <summary><see cref="FamilyName"/> as <see cref="SearchKey"/>.</summary>
    public string FamilyNameKey { get; private set; } = "";

    /// <summary>Date of birth.</summary>
    public DateOnly BirthDate { get; private set; }

    /// <summary>Administrative sex.</summary>
    public Sex Sex { get; private set; }

    /// <summary>Phone as given.</summary>
    public string? Phone { get; private set; }

    /// <summary>Digits of <see cref="Phone"/>, for search.</summary>
    public string? PhoneDigits { get; private set; }

    /// <summary>E-mail.</summary>
    public string? Email { get; private set; }

    /// <summary>Postal address, one line.</summary>
    public string? Address { get; private set; }

    /// <summary>Social security number, nine digits.</summary>
    public SealedText? Ssn { get; private set; }

    /// <summary>Blind index of <see cref="Ssn"/>.</summary>
    public byte[]? SsnIndex { get; private set; }

    /// <summary>Tax identification number, nine digits.</summary>
    public SealedText? Tin { get; private set; }

    /// <summary>Blind index of <see cref="Tin"/>.</summary>
    public byte[]? TinIndex { get; private set; }

    /// <summary>False once the clinic no longer cares for this person. The chart stays.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>When the person was registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Row version; a save that was based on another one is refused.</summary>
    public Guid Version { get; private set; } = Guid.CreateVersion7();

    /// <summary>Sets who the person is.</summary>
    public void Identify(string givenName, string familyName, DateOnly birthDate, Sex sex)
    {
        (GivenName, FamilyName, BirthDate, Sex) = (givenName, familyName, birthDate, sex);
        (GivenNameKey, FamilyNameKey) = (SearchKey(givenName), SearchKey(familyName));
        Version = Guid.CreateVersion7();
    }

    /// <summary>Sets how the person is reached.</summary>
    public void Reach(string? phone, string? email, string? address)
    {
        (Phone, Email, Address) = (phone, email, address);
        PhoneDigits = phone is null ? null : new string([.. phone.Where(char.IsAsciiDigit)]);
        Version = Guid.CreateVersion7();
    }

    /// <summary>Sets the protected identifiers with their indexes.</summary>
    public void SetIdentifiers(SealedText? ssn, byte[]? ssnIndex, SealedText? tin, byte[]? tinIndex)
    {
        (Ssn, SsnIndex, Tin, TinIndex) = (ssn, ssnIndex, tin, tinIndex);
        Version = Guid.CreateVersion7();
    }

    /// <summary>Makes the patient inactive or active again.</summary>
    public void SetActive(bool active)
    {
        IsActive = active;
        Version = Guid.CreateVersion7();
    }

    /// <summary>A name as it is searched: lower case, without accents and signs, single spaces.</summary>
    public static string SearchKey(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var rune in name.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                key.Append(Rune.ToLowerInvariant(rune));
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark && key.Length > 0 && key[^1] != ' ')
            {
                key.Append(' ');
            }
        }

        return key.ToString().Trim();
    }
}
