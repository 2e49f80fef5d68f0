namespace ClinicBlazor.Tests.Support;

/// <summary>A folder of its own below the system's temporary folder, deleted at the end.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("clinic-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
