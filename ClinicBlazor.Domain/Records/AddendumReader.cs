using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>Reads what was added to a record, opens it and checks its signatures.</summary>
public sealed class AddendumReader(AddendumSigner signer, FieldProtector protector)
{
    /// <summary>The addenda of a record, in order.</summary>
    internal async Task<IReadOnlyList<AddendumState>> ReadAsync(ClinicDbContext db, Guid recordId, CancellationToken ct)
    {
        var rows = await db.Set<Addendum>().Where(row => row.RecordId == recordId).OrderBy(row => row.Number)
            .Select(row => new
            {
                Addendum = row,
                Key = db.Set<SigningKey>().FirstOrDefault(key => key.Id == row.KeyId),
                Author = db.Set<Account>().Where(account => account.Id == row.AuthorId).Select(account => account.DisplayName)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        if (rows.Count == 0)
        {
            return [];
        }

        var locking = await db.Set<Signature>().Where(row => row.RecordId == recordId).OrderBy(row => row.SignedAt).FirstOrDefaultAsync(ct);
        var states = new List<AddendumState>();
        Addendum? before = null;
        foreach (var row in rows)
        {
            states.Add(new AddendumState(
                row.Addendum.Number, signer.NameOf(row.Addendum, row.Author ?? ""), row.Addendum.RecordedAt,
                    protector.Open(row.Addendum.Text, FieldPlace.Of(row.Addendum, nameof(Addendum.Text))),
                signer.IsValid(row.Addendum, row.Key, locking, before)));
            before = row.Addendum;
        }

        return states;
    }
}
