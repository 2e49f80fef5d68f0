using System.Security.Cryptography;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Data.Keys;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// Seals the public halves of the signing keys, which used to lie open. Each is taken from its private half, which was
/// sealed all along, and never from what lay there.
/// </summary>
internal sealed partial class SigningKeyUpgrade(FieldProtector protector, ILogger<SigningKeyUpgrade> log) : IOwnerUpgradeStep
{
    /// <inheritdoc/>
    public async Task RunAsync(ClinicDbContext db, CancellationToken ct)
    {
        foreach (var key in await db.Set<SigningKey>().AsTracking().ToListAsync(ct))
        {
            if (Envelope.VersionOf(key.PublicKey.Envelope) == Envelope.Present)
            {
                continue;
            }

            try
            {
                using var ecdsa = ECDsa.Create();
                ecdsa.ImportPkcs8PrivateKey(
                    Convert.FromBase64String(protector.Open(key.PrivateKey, FieldPlace.Of(key, nameof(key.PrivateKey)))), out _);
                key.PublicKey = protector.Seal(
                    Convert.ToBase64String(ecdsa.ExportSubjectPublicKeyInfo()), FieldPlace.Of(key, nameof(key.PublicKey)));
            }
            catch (CryptographicException)
            {
                // Its signatures do not hold from now on, which their pages show.
                LogUnreadable(key.Id);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The signing key {KeyId} does not open: its row was changed")]
    private partial void LogUnreadable(Guid keyId);
}
