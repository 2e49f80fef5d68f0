using System.Runtime.CompilerServices;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// Puts the temporary files of the tests, and of the programs that they start, into memory: databases that are thrown away after
/// a second need no disk, and a disk takes several times as long to make and to remove them.
/// </summary>
internal static class MemoryDisk
{
    private const string Mount = "/dev/shm";
    private const long NeededBytes = 4L << 30;

    /// <summary>Where there is such a disk, and room on it and in memory; else they stay in the system's temporary folder.</summary>
    [ModuleInitializer]
    internal static void UseWhereThereIsRoom()
    {
        if (Directory.Exists(Mount) && new DriveInfo(Mount).AvailableFreeSpace >= NeededBytes
            && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= 2 * NeededBytes)
        {
            Environment.SetEnvironmentVariable("TMPDIR", Mount);
        }
    }
}
