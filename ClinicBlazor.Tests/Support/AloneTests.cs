namespace ClinicBlazor.Tests.Support;

/// <summary>The tests that look at the whole process, and so run when all others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "alone";
}
