using System.Security.Cryptography;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.DataProtection;

/// <summary>
/// Keeps the keys of ASP.NET's data protection in the database, sealed. They are never removed: what an old one
/// signed can still be read.
/// </summary>
public sealed partial class DataProtectionKeyStore(ClinicGate gate, FieldProtector protector, TimeProvider time,
    ILogger<DataProtectionKeyStore> log)
{
    /// <summary>
    /// The framework's XML of all keys. Throws <see cref="CryptographicException"/> when one does not open: a key that
    /// was tampered with is a fault, not one key less.
    /// </summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken ct)
    {
        await using var db = await gate.OpenAccountsAsync(ct);
        var stored = await db.Set<DataProtectionKey>().OrderBy(key => key.CreatedAt).Select(key => new { key.Id, key.Xml }).ToListAsync(ct);
        return stored.ConvertAll(key => Open(key.Id, key.Xml));
    }

    /// <summary>Stores a key that the framework has just made.</summary>
    public async Task AddAsync(string xml, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.SignIn, AuditAct.KeyCreated);
        var added = await gate.RunAsync<Done>(Actor.Anonymous(ClientInfo.Local), request, db =>
        {
            var id = time.NewId();
            db.Set<DataProtectionKey>().Add(
                new DataProtectionKey
                {
                    Id = id, Xml = protector.Seal(xml, Place(id)),
                    CreatedAt = time.Now()
                });
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, ct);
        if (!added.IsSuccess)
        {
            throw new InvalidOperationException("A data-protection key was not stored.");
        }
    }

    private static FieldPlace Place(Guid id) => FieldPlace.Of<DataProtectionKey>(id, RowOwner.Clinic, nameof(DataProtectionKey.Xml));

    private string Open(Guid id, SealedText xml)
    {
        try
        {
            return protector.Open(xml, Place(id));
        }
        catch (CryptographicException)
        {
            LogTampered(id);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "The data-protection key {Id} does not open: its row was changed, or belongs to another key ring")]
    private partial void LogTampered(Guid id);
}
