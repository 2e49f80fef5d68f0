using System.Globalization;

namespace ClinicBlazor.App.Hosting;

/// <summary>The languages of the application's text. English is the key; the others stand in resource files beside the pages.</summary>
public static class ClinicText
{
    /// <summary>The language of who has said none.</summary>
    public const string Default = "en";

    /// <summary>English and Spanish.</summary>
    public static IReadOnlyList<string> Cultures { get; } = [Default, "es"];

    /// <summary>What <paramref name="write"/> writes in a language, where there is no request that has one.</summary>
    public static T In<T>(string culture, Func<T> write)
    {
        // Words are looked up in the language of the thread.
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return write();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

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
            options.SetDefaultCulture(Default);
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
        });
    }
}
