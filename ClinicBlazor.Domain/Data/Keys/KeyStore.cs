using System.Security.Cryptography;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data.Keys;

/// <summary>Makes data keys and reads them into the ring.</summary>
internal sealed class KeyStore(ClinicGate gate, KeyRing keys, TimeProvider time)
{
    /// <summary>The keys as they are stored.</summary>
    public async Task<List<WrappedKey>> ReadAsync(CancellationToken ct)
    {
        await using var db = await gate.OpenAccountsAsync(ct);
        return await db.Set<DataKey>().OrderBy(key => key.Id).Select(key => new WrappedKey(key.Id, key.Purpose, key.CreatedAt, key.Wrapped))
            .ToListAsync(ct);
    }

    /// <summary>Adds a new key for each purpose to what <paramref name="db"/> is about to save.</summary>
    public IReadOnlyList<WrappedKey> Add(ClinicDbContext db, MasterKey master, IReadOnlyCollection<WrappedKey> stored,
        IEnumerable<KeyPurpose> purposes)
    {
        var (now, nextId) = (time.Now(), stored.Select(key => key.Id).DefaultIfEmpty(0).Max() + 1);
        var made = purposes.Select(purpose => Make(master, nextId++, purpose, now)).ToList();
        db.Set<DataKey>().AddRange(made);
        return made.ConvertAll(key => new WrappedKey(key.Id, key.Purpose, key.CreatedAt, key.Wrapped));
    }

    /// <summary>Takes the keys as they are stored now.</summary>
    public async Task ReloadAsync(CancellationToken ct) => keys.Reload(await ReadAsync(ct));

    private static DataKey Make(MasterKey master, int id, KeyPurpose purpose, DateTimeOffset now) =>
        new() { Id = id, Purpose = purpose, CreatedAt = now, Wrapped = master.Wrap(RandomNumberGenerator.GetBytes(32), id, purpose) };
}
