using System.Security.Cryptography;

namespace ClinicBlazor.Domain.Protection;

/// <summary>
/// Opens what was sealed before owners were bound in. Only the upgrade at start-up asks for it, and the keys that it
/// needs are gone when that is done.
/// </summary>
internal sealed class FirstEnvelopes(KeyRing keys)
{
    /// <summary>Opens a value of the first version. Throws <see cref="SealBrokenException"/> as the protector does.</summary>
    public string Open(SealedText text, FieldPlace place)
    {
        try
        {
            return Envelope.Open(text.Envelope, keys.Find(KeyPurpose.Field, Envelope.KeyIdOf(text.Envelope)),
                $"{place.Table}|{place.Column}|{place.RowId:D}");
        }
        catch (CryptographicException fault)
        {
            throw new SealBrokenException(place, fault);
        }
    }
}
