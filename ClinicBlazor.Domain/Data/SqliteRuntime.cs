using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using SQLitePCL;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Which SQLite runs. Package feeds carry different 2.x versions of SQLitePCLRaw, and the older ones bring an old native
/// library: the newer of the packaged library and the system's own is taken.
/// </summary>
public static class SqliteRuntime
{
    private const string PackagedLibrary = "e_sqlite3";
    private const string SystemLibrary = "libsqlite3.so.0";

    private static readonly Lazy<NativeSqlite?> Chosen = new(Choose);

    /// <summary>The oldest SQLite that has the JSON operators EF Core's queries use (3.38, February 2022).</summary>
    public static Version MinimumVersion { get; } = new(3, 38, 0);

    /// <summary>The version of the native SQLite library in use.</summary>
    /// <exception cref="InvalidOperationException">There is no SQLite library, or only one that is too old.</exception>
    public static Version Version => Require(Chosen.Value).Version;

    /// <summary>Refuses a library older than <see cref="MinimumVersion"/>.</summary>
    /// <param name="found">The version found, or null when no library could be loaded.</param>
    /// <exception cref="InvalidOperationException">Says what was found, what is needed and how to get it.</exception>
    public static void ThrowIfUnsupported(Version? found)
    {
        if (found is null || found < MinimumVersion)
        {
            throw new InvalidOperationException(
                $"SQLite {MinimumVersion} or later is needed, found {found?.ToString() ?? "none"}. "
                + "Install the system's current SQLite library (Debian: apt-get install libsqlite3-0), "
                + "or set Clinic__Database to Postgres.");
        }
    }

    /// <summary>Runs before anything of this assembly touches SQLite.</summary>
    [SuppressMessage("Usage", "CA2255", Justification = "Must precede the first SQLite call, whoever makes it.")]
    [ModuleInitializer]
    internal static void Initialize()
    {
        AssemblyLoadContext.Default.Resolving += ResolveOlderAssembly;
        UseNewestLibrary();
    }

    // EF Core was compiled against SQLitePCLRaw 2.1 and the binder refuses a lower assembly version; it accepts the same
    // assembly as this handler's answer. Where 2.1 was restored the binder finds it, and this is never asked.
    private static Assembly? ResolveOlderAssembly(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name?.StartsWith("SQLitePCLRaw", StringComparison.Ordinal) != true)
            return null;

        var path = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }

    // Apart from Initialize, so that SQLitePCLRaw is first looked for when the handler above is in place.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseNewestLibrary() =>
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            (library, _, _) => library == PackagedLibrary ? Require(Chosen.Value).Handle : IntPtr.Zero);

    private static NativeSqlite? Choose()
    {
        var packaged = Load(PackagedLibrary);
        var system = OperatingSystem.IsLinux() ? Load(SystemLibrary) : null;
        var (newer, older) = system?.Version > packaged?.Version || packaged is null
            ? (system, packaged)
            : (packaged, system);
        if (older is not null)
            NativeLibrary.Free(older.Handle);

        return newer;
    }

    private static NativeSqlite? Load(string library)
    {
        var provider = typeof(SQLite3Provider_e_sqlite3).Assembly;
        if (!NativeLibrary.TryLoad(library, provider, searchPath: null, out var handle))
            return null;

        var versionNumber = Marshal.GetDelegateForFunctionPointer<VersionNumber>(
            NativeLibrary.GetExport(handle, "sqlite3_libversion_number"))();
        return new NativeSqlite(
            handle, new Version(versionNumber / 1_000_000, versionNumber / 1000 % 1000, versionNumber % 1000));
    }

    private static NativeSqlite Require(NativeSqlite? chosen)
    {
        ThrowIfUnsupported(chosen?.Version);
        return chosen!;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();

    private sealed record NativeSqlite(IntPtr Handle, Version Version);
}
