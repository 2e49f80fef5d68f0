using System.Security.Cryptography;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// Signs addenda with the key of their author. What is signed names the record by the signature that locked it, and the
/// addendum before: neither the record nor what stands between it and the text can be exchanged unseen.
/// </summary>
public sealed class AddendumSigner(RecordSigner signer, FieldProtector protector)
{
    /// <summary>The key that an account signs with; a new one is added to what <paramref name="db"/> saves.</summary>
    internal Task<SigningKey> KeyOfAsync(ClinicDbContext db, Guid accountId, CancellationToken ct) => signer.KeyOfAsync(db, accountId, ct);

    /// <summary>Signs an addendum under a record.</summary>
    internal void Sign(Addendum addendum, SigningKey key, Signature locking, Addendum? before) =>
        addendum.Sign(signer.Sign(key, Canonical(addendum, locking, before)));

    /// <summary>True when text, author, time, place and record are those that were signed.</summary>
    internal bool IsValid(Addendum addendum, SigningKey? key, Signature? locking, Addendum? before)
    {
        if (key is null || key.AccountId != addendum.AuthorId || locking is null || addendum.Number != (before?.Number ?? 0) + 1)
        {
            return false;
        }

        try
        {
            return signer.Verify(key, Canonical(addendum, locking, before), addendum.Signature);
        }
        catch (CryptographicException)
        {
            // A value that no longer opens counts as changed.
            return false;
        }
    }

    private byte[] Canonical(Addendum addendum, Signature locking, Addendum? before)
    {
        return SignedForm.Bytes(
        [
            "addendum 1",
            $"{addendum.Id:D}", $"{addendum.PatientId:D}", $"{addendum.RecordId:D}", SignedForm.Number(addendum.Number),
            $"{addendum.AuthorId:D}", SignedForm.Number(addendum.RecordedAt.UtcTicks),
            protector.Open(addendum.Text, FieldPlace.Of(addendum, nameof(addendum.Text))),
            Convert.ToBase64String(locking.Value), before is null ? null : Convert.ToBase64String(before.Signature),
        ]);
    }
}
