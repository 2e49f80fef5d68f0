using Microsoft.AspNetCore.Http.Metadata;

namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>
/// Reads a form before anything else does, within its limits, and refuses one that no page of this site sends
/// (requirement S2-11). An address with a limit of its own takes files and reads its body itself.
/// </summary>
public sealed class FormMiddleware(RequestDelegate next)
{
    /// <summary>Answers 400 to a form that cannot be read or holds null bytes, 413 to one that is too large.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || context.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not null)
        {
            await next(context);
            return;
        }

        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            if (form.Any(field => AddressCheck.HoldsNull(field.Key) || field.Value.Any(AddressCheck.HoldsNull)))
            {
                context.Refuse(SecurityFinding.NullByte, StatusCodes.Status400BadRequest);
                return;
            }
        }
        catch (BadHttpRequestException refused)
        {
            // The server refused to read on, and has told ServerRefusals.
            context.Response.StatusCode = refused.StatusCode;
            return;
        }
        catch (InvalidDataException)
        {
            context.Refuse(SecurityFinding.MalformedForm, StatusCodes.Status400BadRequest);
            return;
        }

        await next(context);
    }
}
