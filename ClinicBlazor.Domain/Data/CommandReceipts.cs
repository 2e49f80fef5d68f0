using System.Security.Cryptography;
using System.Text.Json;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data;

/// <summary>Holds that an act which arrives twice is done once and answered the same (requirement B-14).</summary>
internal sealed class CommandReceipts(TokenHasher hasher)
{
    /// <summary>
    /// What the act answered when it was done; null when it was not. Other content under the name of an act that was
    /// done is <see cref="ErrorKind.Conflict"/>: it was not carried out, and nobody may be told that it was.
    /// </summary>
    public async Task<Result<T>?> FindAsync<T>(ClinicDbContext db, Actor actor, AccessRequest request, CancellationToken ct)
    {
        if (!IsAnswer<T>() || NameOf(actor, request) is not var (accountId, commandId))
        {
            return null;
        }

        var receipt = await db.Set<CommandReceipt>()
            .SingleOrDefaultAsync(row => row.AccountId == accountId && row.CommandId == commandId, ct);
        return receipt switch
        {
            null => null,
            _ when !CryptographicOperations.FixedTimeEquals(receipt.Digest, DigestOf(request)) => Error.Conflict,
            _ => Answer<T>(receipt),
        };
    }

    /// <summary>The id that an act of somebody has answered with; null while it was not done.</summary>
    public static async Task<Guid?> AnswerOfAsync(
        ClinicDbContext db, Guid? accountId, CommandId command, AuditAct act, CancellationToken ct)
    {
        var commandId = command.Value;
        return await db.Set<CommandReceipt>().Where(row => row.AccountId == accountId && row.CommandId == commandId && row.Act == act)
            .Select(row => row.AnswerId).SingleOrDefaultAsync(ct);
    }

    /// <summary>Adds the receipt of an act that was carried out to what <paramref name="db"/> is about to save.</summary>
    public void Add<T>(ClinicDbContext db, Actor actor, AccessRequest request, T answer, DateTimeOffset now)
    {
        var changes = db.ChangeTracker.HasChanges();
        if (NameOf(actor, request) is var (accountId, commandId) && (changes || IsAnswer<T>()))
        {
            db.Set<CommandReceipt>().Add(new CommandReceipt
            {
                AccountId = accountId,
                CommandId = commandId,
                Act = request.Act,
                At = now,
                AnswerId = AnswerIdOf(answer),
                Digest = DigestOf(request),
            });
        }
        else if (changes && actor.MustNameActs && !request.Repeatable)
        {
            throw new InvalidOperationException(
                $"{request.Act} changes something for a page and has no name: a second click would do it again.");
        }
    }

    private static (Guid AccountId, Guid CommandId)? NameOf(Actor actor, AccessRequest request) =>
        actor is { AccountId: { } accountId, Command: { } command } && !request.Repeatable ? (accountId, command.Value) : null;

    private static bool IsAnswer<T>() => typeof(T) == typeof(Guid) || typeof(T) == typeof(Done);

    private static Guid? AnswerIdOf<T>(T answer) => answer switch
    {
        Guid id => id,
        Done => null,
        _ => throw new InvalidOperationException($"An act that answers with a {typeof(T).Name} could not answer the same a second time."),
    };

    private static Result<T> Answer<T>(CommandReceipt receipt) => receipt.AnswerId is { } id ? (T)(object)id : (T)(object)Done.Instance;

    // By the one key that is never changed for another: what arrives again is the same on either side of a change of keys.
    private byte[] DigestOf(AccessRequest request) => hasher.Hash(nameof(CommandReceipt), JsonSerializer.Serialize(new
    {
        request.Act,
        request.PatientId,
        request.RecordId,
        request.VisitId,
        request.SubjectId,
        request.Sent,
    }));
}
