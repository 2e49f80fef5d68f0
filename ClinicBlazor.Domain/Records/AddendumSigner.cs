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
    /// <summary>The form of addenda that kept no name of their author: the page shows the one of today.</summary>
    internal const int First = 1;

    /// <summary>The form of addenda that are added now: the author's name and the key are signed too.</summary>
    internal const int Present = 2;

    /// <summary>The key that an account signs with; a new one is added to what <paramref name="db"/> saves.</summary>
    internal Task<SigningKey> KeyOfAsync(ClinicDbContext db, Guid accountId, CancellationToken ct) => signer.KeyOfAsync(db, accountId, ct);

    /// <summary>Signs an addendum under a record.</summary>
    internal void Sign(Addendum addendum, SigningKey key, Signature locking, Addendum? before) =>
        addendum.Sign(signer.Sign(key, Canonical(addendum, locking, before)));

    /// <summary>
    /// The name that stands under an addendum: the one that was signed, or <paramref name="today"/> where none was kept or what
    /// was kept does not open, and so no signature holds.
    /// </summary>
    internal string NameOf(Addendum addendum, string today)
    {
        try
        {
            return addendum.Form == First ? today
                : protector.OpenOptional(addendum.AuthorName, FieldPlace.Of(addendum, nameof(addendum.AuthorName))) ?? today;
        }
        catch (CryptographicException)
        {
            return today;
        }
    }

    /// <summary>True when text, author and name, time, place and record are those that were signed.</summary>
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

    private byte[] Canonical(Addendum addendum, Signature locking, Addendum? before) => SignedForm.Bytes(
    [
        .. addendum.Form switch
        {
            First => (string?[])["addendum 1"],
            Present =>
            [
                "addendum 2", $"{addendum.KeyId:D}",
                protector.OpenOptional(addendum.AuthorName, FieldPlace.Of(addendum, nameof(addendum.AuthorName))),
            ],
            _ => throw new CryptographicException("There is no such form of an addendum."),
        },
        $"{addendum.Id:D}", $"{addendum.PatientId:D}", $"{addendum.RecordId:D}", SignedForm.Number(addendum.Number),
        $"{addendum.AuthorId:D}", SignedForm.Number(addendum.RecordedAt.UtcTicks),
        protector.Open(addendum.Text, FieldPlace.Of(addendum, nameof(addendum.Text))),
        Convert.ToBase64String(locking.Value), before is null ? null : Convert.ToBase64String(before.Signature),
    ]);
}
