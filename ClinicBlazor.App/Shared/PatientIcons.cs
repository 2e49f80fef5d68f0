using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Shared;

/// <summary>The patient pages' icons, drawn on a 24 × 24 grid for large text.</summary>
internal static class PatientIcons
{
    /// <summary>Every icon by its name.</summary>
    public static FrozenDictionary<string, IconShape> All { get; } = new Dictionary<string, IconShape>
    {
        ["camera"] = new(
            "M4 8h3.5L9 5.5h6L16.5 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM15.5 13a3.5 3.5 0 1 1-7 0a3.5 3.5 0 1 1 7 0z"),
        ["check"] = new("M5 12.5l4.5 4.5L19 7.5"),
        ["clock"] = new("M20.5 12a8.5 8.5 0 1 1-17 0a8.5 8.5 0 1 1 17 0zM12 7.5V12l3 2"),
        ["doc"] = new(
            "M7 3.5h7l4.5 4.5v11a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5zM13.5 3.5V8.5h5M9 13h6M9 16.5h4"),
        ["eye"] = new(
            "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM14.75 12a2.75 2.75 0 1 1-5.5 0a2.75 2.75 0 1 1 5.5 0z"),
        ["folder"] = new("M3.5 7.5v-1a2 2 0 0 1 2-2h3.6l2.4 2.5h7a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z"),
        ["left"] = new("M14.5 6l-6 6 6 6"),
        ["out"] = new("M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M10 8l-4 4 4 4M6 12h9"),
        ["pen"] = new("M4 20l1-4.5L15.8 4.7a2 2 0 0 1 2.8 0l.7.7a2 2 0 0 1 0 2.8L8.5 19zM14 6.5l3.5 3.5"),
        ["person"] = new("M15.75 8a3.75 3.75 0 1 1-7.5 0a3.75 3.75 0 1 1 7.5 0zM4.5 20a7.5 7.5 0 0 1 15 0"),
        ["photo"] = new("M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5zM4 17l5-5 4 4 2.5-2.5 4.5 4.5M16 8.8v.01"),
        ["plus"] = new("M12 5v14M5 12h14"),
        ["print"] = new(
            "M7 9V3.5h10V9M7 17.5H5a1.5 1.5 0 0 1-1.5-1.5v-5.5A1.5 1.5 0 0 1 5 9h14a1.5 1.5 0 0 1 1.5 1.5V16a1.5 1.5 0 0 1-1.5 1.5h-2M7 14.5h10v6H7z"),
        ["refresh"] = new("M20 12a8 8 0 0 1-14 5.3M4 12a8 8 0 0 1 14-5.3M18 3v4h-4M6 21v-4h4"),
        ["signed"] = new("M12 3l7.5 2.75V11c0 4.7-3.1 8.2-7.5 10-4.4-1.8-7.5-5.3-7.5-10V5.75zM8.75 11.75l2.4 2.4 4.25-4.4"),
        ["warn"] = new("M12 4L2.5 20h19zM12 10v4.5M12 17.25v.01"),
    }.ToFrozenDictionary();

    /// <summary>
    /// The same drawn without a component, beside a word that says what it is. Each component of an open page costs the
    /// server about two kilobytes: a page that is open on many tablets takes these.
    /// </summary>
    public static FrozenDictionary<string, RenderFragment> Drawn { get; } = All.ToFrozenDictionary(icon => icon.Key,
        icon => Draw(icon.Value));

    private static RenderFragment Draw(IconShape shape) => builder =>
    {
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", "icon");
        builder.AddAttribute(2, "viewBox", "0 0 24 24");
        builder.AddAttribute(3, "aria-hidden", "true");
        builder.OpenElement(4, "path");
        builder.AddAttribute(5, "d", shape.Stroke);
        builder.CloseElement();
        builder.CloseElement();
    };
}
