namespace ClinicBlazor.Domain.Access;

/// <summary>From where the administration can be reached (requirement S2-07): from everywhere unless the setting names networks.</summary>
public sealed class AdministrationNetworks(NetworkList networks)
{
    /// <summary>True when the administration is open to a client that asks from there.</summary>
    public bool Allow(ClientInfo client) => networks.IsEmpty || client == ClientInfo.Local || networks.Contains(client.Address);

    /// <summary>True when a permission is open to a client that asks from there.</summary>
    public bool Allow(ClientInfo client, Permission permission) =>
        AccessPolicy.CompartmentOf(permission) != Compartment.Administration || Allow(client);
}
