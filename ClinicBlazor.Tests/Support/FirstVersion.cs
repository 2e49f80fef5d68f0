using System.Reflection;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.DataProtection;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// Turns a database back into what it was before owners were bound in: keys, envelopes and signing keys of the first
/// kind.
/// </summary>
internal static class FirstVersion
{
    /// <summary>Seals a value as the first version did.</summary>
    public static SealedText Seal(int keyId, byte[] secret, string text, ISealedRow row, PropertyInfo column) =>
        new(Envelope.Seal(Envelope.First, keyId, secret, text, $"{row.GetType().Name}|{column.Name}|{row.Id:D}"));

    /// <summary>Turns everything back; answers with the id of the key.</summary>
    public static async Task<int> RestoreAsync(DomainHost host)
    {
        var protector = host.Get<FieldProtector>();
        var secret = RandomNumberGenerator.GetBytes(32);
        await using var db = await host.OpenAsync();
        db.Set<KeyRotation>().Add(new KeyRotation { Id = Guid.CreateVersion7(), StartedAt = host.Clock.Now() });
        await db.SaveChangesAsync();
        var id = db.Set<DataKey>().Max(key => key.Id) + 1;
        foreach (var row in await RowsAsync(db))
        {
            foreach (var column in row.GetType().GetProperties().Where(property => property.PropertyType == typeof(SealedText)))
            {
                if (column.GetValue(row) is SealedText text)
                {
                    var plain = protector.Open(text, FieldPlace.OfRow(row, column));
                    db.Entry(row).Property(column.Name).CurrentValue = column.Name == nameof(SigningKey.PublicKey)
                        ? new SealedText(Convert.FromBase64String(plain))
                        : Seal(id, secret, plain, row, column);
                }
            }
        }

        db.Set<DataKey>().RemoveRange(db.Set<DataKey>().AsTracking().Where(key => key.Purpose == KeyPurpose.OwnedField));
        db.Set<DataKey>()
            .Add(new DataKey
            {
                Id = id, Purpose = KeyPurpose.Field, CreatedAt = host.Clock.Now(),
                Wrapped = host.MasterKey.Wrap(secret, id, KeyPurpose.Field)
            });
        await db.SaveChangesAsync();
        db.Set<KeyRotation>().AsTracking().Single(row => row.FinishedAt == null).Finish(host.Clock.Now());
        await db.SaveChangesAsync();
        return id;
    }

    private static async Task<IReadOnlyList<ISealedRow>> RowsAsync(ClinicDbContext db) =>
    [
        .. await db.Set<Account>().AsTracking().ToListAsync(), .. await db.Set<Patient>().AsTracking().ToListAsync(),
            .. await db.Set<MedicalRecord>().AsTracking().ToListAsync(),
        .. await db.Set<Diagnosis>().AsTracking().ToListAsync(), .. await db.Set<Signature>().AsTracking().ToListAsync(),
            .. await db.Set<SigningKey>().AsTracking().ToListAsync(),
        .. await db.Set<Draft>().AsTracking().ToListAsync(), .. await db.Set<DataProtectionKey>().AsTracking().ToListAsync(),
    ];
}
