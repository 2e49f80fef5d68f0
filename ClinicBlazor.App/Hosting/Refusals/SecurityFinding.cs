namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>Why the outer wall refused something. The name is what the security log says of it.</summary>
public enum SecurityFinding
{
    /// <summary>The address climbs out of its folder, in whatever writing.</summary>
    PathTraversal,

    /// <summary>A null byte in an address or a form.</summary>
    NullByte,

    /// <summary>An address with control characters or with bytes that are no UTF-8.</summary>
    MalformedAddress,

    /// <summary>An address longer than the server takes.</summary>
    AddressTooLong,

    /// <summary>More headers, or longer ones, than the server takes.</summary>
    HeadersTooLarge,

    /// <summary>A body longer than its address takes.</summary>
    BodyTooLarge,

    /// <summary>A form with too many or too long fields, with an encoded null byte, or one that cannot be read.</summary>
    MalformedForm,

    /// <summary>A message in a circuit that is too large or cannot be read.</summary>
    CircuitMessage,

    /// <summary>Something that is no HTTP request.</summary>
    MalformedRequest,

    /// <summary>Input that looks like an attack where such text makes no sense.</summary>
    AttackInput,

    /// <summary>A client that names itself as an attack tool.</summary>
    Scanner,

    /// <summary>A circuit asked for from another site's page.</summary>
    ForeignOrigin,

    /// <summary>A circuit's connection asked for by another way than a WebSocket.</summary>
    CircuitTransport,

    /// <summary>A page of the administration asked for from outside its networks.</summary>
    AdministrationFromOutside,
}
