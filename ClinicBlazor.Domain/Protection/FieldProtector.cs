using System.Security.Cryptography;

namespace ClinicBlazor.Domain.Protection;

/// <summary>Seals and opens protected fields, each for the one place where it stands (<see cref="Envelope"/>).</summary>
public sealed class FieldProtector(KeyRing keys)
{
    /// <summary>Seals <paramref name="text"/> for the one place where it will stand.</summary>
    public SealedText Seal(string text, FieldPlace place)
    {
        var (keyId, secret) = keys.Current(KeyPurpose.OwnedField);
        return new SealedText(Envelope.Seal(Envelope.Present, keyId, secret, text, Written(place)));
    }

    /// <summary>
    /// Opens a value. Throws <see cref="SealBrokenException"/> when a byte was changed, when it stands elsewhere than
    /// where it was sealed for or belongs to another owner now, when its key is unknown, and for an envelope of the first
    /// version.
    /// </summary>
    public string Open(SealedText text, FieldPlace place)
    {
        try
        {
            var envelope = text.Envelope;
            if (Envelope.VersionOf(envelope) != Envelope.Present)
            {
                throw new CryptographicException("This is not a sealed field of the present version.");
            }

            return Envelope.Open(envelope, keys.Find(KeyPurpose.OwnedField, Envelope.KeyIdOf(envelope)), Written(place));
        }
        catch (CryptographicException fault)
        {
            throw new SealBrokenException(place, fault);
        }
    }

    /// <summary>Seals a value that may be absent; blank counts as absent.</summary>
    public SealedText? SealOptional(string? text, FieldPlace place) =>
        string.IsNullOrWhiteSpace(text) ? null : Seal(text, place);

    /// <summary>Opens a value that may be absent.</summary>
    public string? OpenOptional(SealedText? text, FieldPlace place) =>
        text is null ? null : Open(text, place);

    /// <summary>True when a value is sealed with the key that new values are sealed with.</summary>
    internal bool IsCurrent(SealedText text) =>
        Envelope.VersionOf(text.Envelope) == Envelope.Present && Envelope.KeyIdOf(text.Envelope) == keys.Current(KeyPurpose.OwnedField).Id;

    private static string Written(FieldPlace place) =>
        $"{place.Table}|{place.Column}|{place.RowId:D}|{place.Owner.Id:D}|{place.Owner.Within:D}";
}

/// <summary>A sealed value does not open where it stands: it was changed or moved, or its row was given to another owner.</summary>
public sealed class SealBrokenException : CryptographicException
{
    /// <summary>Names the place and nothing that stood there.</summary>
    public SealBrokenException(FieldPlace place, Exception? cause)
        : base($"{place.Table}.{place.Column} of row {place.RowId} does not open.", cause) =>
        Place = place;

    /// <summary>Where.</summary>
    public FieldPlace Place { get; }
}
