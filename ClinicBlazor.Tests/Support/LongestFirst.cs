using ClinicBlazor.Tests.Access;
using ClinicBlazor.Tests.Composition;
using ClinicBlazor.Tests.Composition.Commands;
using ClinicBlazor.Tests.EndToEnd;
using ClinicBlazor.Tests.Hosting;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("ClinicBlazor.Tests.Support.LongestFirst", "ClinicBlazor.Tests")]

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// Begins with the classes that take longest: one that begins late keeps one processor busy when all others are done.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        .. ((Type[])[
            typeof(OnePersonTests),
            typeof(AccessMatrixTests.OnSqlite),
            typeof(AccessMatrixTests.OnPostgres),
            typeof(MailKilledTests),
            typeof(ProgramTests),
            typeof(ColourSchemeTests),
            typeof(AdaptedScreensTests),
            typeof(ServerRestartTests),
            typeof(IdleLogoutTests),
            typeof(AdministrationTests),
            typeof(StaffFieldTests),
            typeof(TransportTests),
            typeof(RotateKeysTests),
            typeof(CheckDeploymentTests),
            typeof(CommandLineTests),
            typeof(StaffDialogTests),
            typeof(MainJobTests),
            typeof(CircuitActivityTests),
            typeof(AdministrationNetworkTests),
        ]).Select(type => $"Test collection for {type.FullName}"),
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection =>
            Array.IndexOf(Longest, collection.DisplayName) is var place and >= 0 ? place : Longest.Length);
}
