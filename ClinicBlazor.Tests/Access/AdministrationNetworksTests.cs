using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Access;

/// <summary>From where the administration is open, for one client.</summary>
[Trait("Requirement", "S2-07")]
public sealed class AdministrationNetworksTests
{
    private static readonly ClientInfo Inside = new("10.20.3.4", "Test browser");

    private static readonly ClientInfo Outside = new("10.21.3.4", "Test browser");

    [Fact]
    public void Allow_WithoutNetworks_IsOpenToAll()
    {
        var networks = Registered(setting: null);

        Assert.True(networks.Allow(Outside));
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.True(networks.Allow(Outside, permission)));
    }

    [Fact]
    public void Allow_WithNetworks_IsOpenInsideAndToTheProgramItself()
    {
        var networks = Registered("10.20.0.0/16");

        Assert.Equal((true, false, true), (networks.Allow(Inside), networks.Allow(Outside), networks.Allow(ClientInfo.Local)));
    }

    [Fact]
    public void Allow_FromOutside_ClosesTheAdministrationsPermissionsAndNoOther()
    {
        var networks = Registered("10.20.0.0/16");

        Assert.Equal(
            AccessPolicy.Table.Where(line => line.Compartment == Compartment.Administration).Select(line => line.Permission),
            Enum.GetValues<Permission>().Where(permission => !networks.Allow(Outside, permission)));
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.True(networks.Allow(Inside, permission)));
    }

    private static AdministrationNetworks Registered(string? setting)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [NetworkList.Administration] = setting }).Build();
        using var services = new ServiceCollection().AddAccess(configuration).BuildServiceProvider();
        return services.GetRequiredService<AdministrationNetworks>();
    }
}
