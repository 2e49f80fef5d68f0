using System.Globalization;

namespace ClinicBlazor.App.Hosting;

/// <summary>The languages of the application's text. English is the key; the others stand in resource files beside the pages.</summary>
public static class ClinicText
{
    /// <summary>English and Spanish.</summary>
    public static IReadOnlyList<string> Cultures { get; } = ["en", "es"];

    /// <summary>The name of a language in that language, as it begins a line: English, Español.</summary>
    public static string NameOf(string culture)
    {
        var info = CultureInfo.GetCultureInfo(culture);
        return info.TextInfo.ToTitleCase(info.NativeName);
    }

    /// <summary>Registers the resource files and the choice of language: cookie first, then what the browser asks for.</summary>
    public static IServiceCollection AddClinicText(this IServiceCollection services)
    {
        services.AddLocalization();
        return services.AddRequestLocalization(options =>
        {
            var cultures = Cultures.Select(CultureInfo.GetCultureInfo).ToList();
            options.SetDefaultCulture("en");
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
        });
    }
}
