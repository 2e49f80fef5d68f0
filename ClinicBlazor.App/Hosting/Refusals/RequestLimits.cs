using Microsoft.AspNetCore.Http.Features;

namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>How much a request may hold (requirement S2-11). An address that takes files sets a limit of its own.</summary>
public static class RequestLimits
{
    /// <summary>Most bytes of a body.</summary>
    public const int BodyBytes = 256 * 1024;

    /// <summary>Most fields of a form.</summary>
    public const int FormFields = 100;

    /// <summary>Most bytes of all headers together.</summary>
    public const int HeaderBytes = 16 * 1024;

    /// <summary>Most bytes of the line with the address.</summary>
    public const int AddressBytes = 8 * 1024;

    private const int NameCharacters = 200;

    /// <summary>Sets the limits of the server and of form reading, and has the server's own refusals logged.</summary>
    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
            kestrel.Limits.MaxRequestLineSize = AddressBytes;
        });
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = FormFields;
            form.KeyLengthLimit = NameCharacters;
            form.ValueLengthLimit = BodyBytes;
            form.MultipartBodyLengthLimit = BodyBytes;
        });
        builder.Services.AddSingleton<SecurityLog>();
        builder.Services.AddHostedService<ServerRefusals>();
    }
}
