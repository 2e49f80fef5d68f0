using System.Security.Cryptography;

namespace ClinicBlazor.Domain.Protection;

/// <summary>The unwrapped data keys of a running program, loaded once the database is open.</summary>
public sealed class KeyRing
{
    // Replaced as a whole, never changed.
    private Dictionary<int, (KeyPurpose Purpose, byte[] Secret)> keys = [];
    private Dictionary<KeyPurpose, int> current = [];

    /// <summary>True once the keys are there.</summary>
    public bool IsLoaded => current.Count > 0;

    /// <summary>
    /// Unwraps all keys; the newest of each purpose becomes the current one. Throws <see cref="CryptographicException"/>
    /// when the master key is not the one that wrapped them.
    /// </summary>
    internal void Load(MasterKey master, IReadOnlyCollection<WrappedKey> stored)
    {
        keys = stored.ToDictionary(key => key.Id, key => (key.Purpose, master.Unwrap(key.Wrapped, key.Id, key.Purpose)));
        current = stored.GroupBy(key => key.Purpose).ToDictionary(group => group.Key, group => group.Max(key => key.Id));
    }

    /// <summary>The key that new values are sealed with.</summary>
    internal (int Id, byte[] Secret) Current(KeyPurpose purpose)
    {
        var id = current[purpose];
        return (id, keys[id].Secret);
    }

    /// <summary>The key that an old value names. Throws <see cref="CryptographicException"/> when there is none of that purpose.</summary>
    internal byte[] Find(KeyPurpose purpose, int id) =>
        FindOrDefault(purpose, id) ?? throw new CryptographicException($"There is no key {id} for {purpose}.");

    /// <summary>The key that a value names which may have been tampered with; null when there is none of that purpose.</summary>
    internal byte[]? FindOrDefault(KeyPurpose purpose, int id) =>
        keys.TryGetValue(id, out var key) && key.Purpose == purpose ? key.Secret : null;
}
