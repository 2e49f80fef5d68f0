using System.Security.Cryptography;

namespace ClinicBlazor.Domain.Protection;

/// <summary>The unwrapped data keys of a running program, loaded once the database is open and read again now and then.</summary>
public sealed class KeyRing(TimeProvider time, KeySettings settings)
{
    // Replaced as a whole, never changed.
    private volatile Keys? held;

    /// <summary>True once the keys are there.</summary>
    public bool IsLoaded => held is not null;

    /// <summary>
    /// The key that checkpoints of the audit trail are signed with: the master key's, so that no database can replace
    /// it.
    /// </summary>
    internal byte[] AnchorKey => Held.Master.AnchorKey;

    /// <summary>What the key that signs archives of the audit trail is made of: the master key's, for the same reason.</summary>
    internal byte[] ArchiveSecret => Held.Master.ArchiveSecret;

    /// <summary>What wraps new keys.</summary>
    internal MasterKey Master => Held.Master;

    private Keys Held => held ?? throw new InvalidOperationException("The keys are not loaded yet.");

    /// <summary>
    /// Unwraps all keys. Throws <see cref="CryptographicException"/> when the master key is not the one that wrapped them.
    /// </summary>
    internal void Load(MasterKey master, IReadOnlyCollection<WrappedKey> stored)
    {
        var upgraded = stored.Any(key => key.Purpose == KeyPurpose.OwnedField);
        held = new Keys(master, [.. stored
            .Where(key => !upgraded || key.Purpose is not (KeyPurpose.Field or KeyPurpose.OwnedFieldInUpgrade))
            .Select(key => new Key(key.Id, Served(key.Purpose), key.CreatedAt, master.Unwrap(key.Wrapped, key.Id, key.Purpose)))]);
    }

    /// <summary>Takes the keys as they are stored now; those that are gone are forgotten.</summary>
    internal void Reload(IReadOnlyCollection<WrappedKey> stored) => Load(Held.Master, stored);

    /// <summary>True when the ring holds just these keys.</summary>
    internal bool Holds(IReadOnlyCollection<WrappedKey> stored) =>
        stored.Select(key => key.Id).ToHashSet().SetEquals(Held.All.Select(key => key.Id));

    /// <summary>
    /// The key that new values are made with: the newest that every instance of the program has had the time to read. A
    /// lone key counts at once.
    /// </summary>
    internal (int Id, byte[] Secret) Current(KeyPurpose purpose)
    {
        var known = time.GetUtcNow() - settings.Grace;
        Key? current = null;
        foreach (var key in Held.All)
        {
            if (key.Purpose == purpose && (current is null || key.CreatedAt <= known))
            {
                current = key;
            }
        }

        return current is null ? throw new CryptographicException($"There is no key for {purpose}.") : (current.Id, current.Secret);
    }

    /// <summary>All keys of a purpose, the current one first.</summary>
    internal IReadOnlyList<byte[]> All(KeyPurpose purpose)
    {
        var current = Current(purpose);
        return [current.Secret, .. Held.All.Where(key => key.Purpose == purpose && key.Id != current.Id).Select(key => key.Secret)];
    }

    /// <summary>The key that an old value names. Throws <see cref="CryptographicException"/> when there is none of that purpose.</summary>
    internal byte[] Find(KeyPurpose purpose, int id) =>
        FindOrDefault(purpose, id) ?? throw new CryptographicException($"There is no key {id} for {purpose}.");

    /// <summary>The key that a value names which may have been tampered with; null when there is none of that purpose.</summary>
    internal byte[]? FindOrDefault(KeyPurpose purpose, int id) =>
        Array.Find(Held.All, key => key.Id == id && key.Purpose == purpose)?.Secret;

    private static KeyPurpose Served(KeyPurpose purpose) => purpose == KeyPurpose.OwnedFieldInUpgrade ? KeyPurpose.OwnedField : purpose;

    private sealed record Key(int Id, KeyPurpose Purpose, DateTimeOffset CreatedAt, byte[] Secret);

    private sealed class Keys(MasterKey master, Key[] keys)
    {
        public MasterKey Master { get; } = master;

        /// <summary>In the order in which they were made.</summary>
        public Key[] All { get; } = [.. keys.OrderBy(key => key.Id)];
    }
}

/// <summary>How keys come into use.</summary>
/// <param name="Grace">
/// How long every instance may take to notice a new key and to finish what it began with the old one; a new key is used
/// after that, an old one goes after twice that.
/// </param>
public sealed record KeySettings(TimeSpan Grace);
