using System.Security.Cryptography;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Tests.Protection;

/// <summary>A key ring without a database.</summary>
internal sealed class TestKeys
{
    private readonly MasterKey master = MasterKey.FromBase64(MasterKey.Generate());
    private readonly List<WrappedKey> stored = [];

    public TestKeys()
    {
        foreach (var purpose in Made)
        {
            Add(purpose);
        }

        Protector = new FieldProtector(Ring);
    }

    /// <summary>The purposes that a new clinic makes keys for.</summary>
    public static IReadOnlyList<KeyPurpose> Made { get; } = [KeyPurpose.BlindIndex, KeyPurpose.Audit, KeyPurpose.Token,
        KeyPurpose.OwnedField];

    public KeyRing Ring { get; } = new(TimeProvider.System, new KeySettings(TimeSpan.Zero));

    public FieldProtector Protector { get; }

    /// <summary>Makes a further key, which becomes the current one of its purpose; answers with its id.</summary>
    public int Add(KeyPurpose purpose)
    {
        var id = stored.Count + 1;
        stored.Add(
            new WrappedKey(id, purpose, TimeProvider.System.GetUtcNow(), master.Wrap(RandomNumberGenerator.GetBytes(32), id, purpose)));
        Ring.Load(master, stored);
        return id;
    }
}
