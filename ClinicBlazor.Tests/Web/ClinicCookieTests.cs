using ClinicBlazor.App.Web;
using Microsoft.AspNetCore.Http;

namespace ClinicBlazor.Tests.Web;

/// <summary>What browsers are told of the clinic's cookies.</summary>
[Trait("Requirement", "S0-03")]
public sealed class ClinicCookieTests
{
    private static readonly ClinicCookie Cookie = new("clinic-test", SameSiteMode.Strict, TimeSpan.FromMinutes(5));

    [Theory]
    [InlineData("http", "clinic-test=value; max-age=300; path=/; samesite=strict; httponly")]
    [InlineData("https", "__Host-clinic-test=value; max-age=300; path=/; secure; samesite=strict; httponly")]
    public void Write_OverEitherScheme_KeepsItFromScriptsAndNeighbours(string scheme, string expected)
    {
        var context = NewContext(scheme);

        Cookie.Write(context, "value");

        Assert.Equal(expected, context.Response.Headers.SetCookie.ToString());
    }

    [Theory]
    [InlineData("http", "clinic-test=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; samesite=strict; httponly")]
    [InlineData("https", "__Host-clinic-test=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; secure; samesite=strict; httponly")]
    public void Delete_OfACookieWithALifetime_EndsItAtOnce(string scheme, string expected)
    {
        var context = NewContext(scheme);

        Cookie.Delete(context);

        Assert.Equal(expected, context.Response.Headers.SetCookie.ToString());
    }

    private static DefaultHttpContext NewContext(string scheme) => new() { Request = { Scheme = scheme } };
}
