using System.Globalization;
using System.Reflection;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>Writes down what an assembly offers to others, one line per type and member, as source code would name it.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static IReadOnlyList<string> Of(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Select(member => "  " + member).Prepend(Declaration(type))),
    ];

    private static string Declaration(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var bases = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(i => i.IsVisible).Select(i => Name(i)).Order(StringComparer.Ordinal);
        var all = (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) ? [Name(parent)] : Array.Empty<string>())
            .Concat(type.IsEnum ? [] : bases).ToList();
        return $"{kind} {type.Namespace}.{NestedName(type)}{(all.Count > 0 ? " : " + string.Join(", ", all) : "")}{Constraints(type.IsGenericType ? type.GetGenericArguments() : [])}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt32(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        }

        return type.GetMembers(Declared).Select(Member).OfType<string>();
    }

    private static string? Member(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) && !IsCopy(constructor) => $"{Access(constructor)}.ctor({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && !method.IsSpecialName && !IsCompilers(method) => Method(method),
        MethodInfo { Name: "op_Implicit" } method => Method(method),
        PropertyInfo property when IsVisible(property.GetMethod) || IsVisible(property.SetMethod) => Property(property),
        FieldInfo { IsPublic: true } field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static string Method(MethodInfo method)
    {
        var extension = method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute)) ? "this " : "";
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        var result = Annotated(Nullability.Create(method.ReturnParameter), method.ReturnType);
        return $"{Access(method)}{Modifier(method)}{result} {method.Name}{generic}({extension}{Parameters(method)}){Constraints(method.IsGenericMethod ? method.GetGenericArguments() : [])}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = new List<string>();
        if (IsVisible(property.GetMethod))
        {
            accessors.Add("get;");
        }

        if (IsVisible(property.SetMethod))
        {
            var isInit = property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit");
            accessors.Add(isInit ? "init;" : "set;");
        }

        var required = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)) ? "required " : "";
        var accessor = property.GetMethod ?? property.SetMethod!;
        return $"{Access(accessor)}{required}{Modifier(accessor)}{Annotated(Nullability.Create(property), property.PropertyType)} {property.Name} {{ {string.Join(' ', accessors)} }}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        var modifier = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : parameter.IsOut ? "out " : parameter.IsIn && parameter.ParameterType.IsByRef ? "in " : "";
        var value = parameter.HasDefaultValue ? " = " + (parameter.DefaultValue switch
        {
            null when parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null => "default",
            null => "null",
            bool flag => flag ? "true" : "false",
            string text => $"\"{text}\"",
            Enum or int or long when parameter.ParameterType.IsEnum => $"{parameter.ParameterType.Name}.{Enum.GetName(parameter.ParameterType, parameter.DefaultValue)}",
            var other => Convert.ToString(other, CultureInfo.InvariantCulture),
        }) : "";
        return $"{modifier}{Annotated(Nullability.Create(parameter), parameter.ParameterType)} {parameter.Name}{value}";
    }));

    private static string Constraints(Type[] arguments)
    {
        var texts = arguments.Where(a => a.IsGenericParameter).Select(argument =>
        {
            var attributes = argument.GenericParameterAttributes;
            var parts = argument.GetGenericParameterConstraints().Select(c => Name(c)).ToList();
            if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            {
                parts.Insert(0, "class");
            }

            if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            {
                parts.Add("new()");
            }

            return parts.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", parts)}";
        });
        return string.Concat(texts);
    }

    private static string Annotated(NullabilityInfo nullability, Type type) =>
        Name(type) + (!type.IsValueType && !type.IsByRef && nullability.ReadState == NullabilityState.Nullable ? "?" : "");

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        var name = type.Name switch
        {
            "String" => "string",
            "Int32" => "int",
            "Int64" => "long",
            "Boolean" => "bool",
            "Object" => "object",
            "Void" => "void",
            _ => type.Name.Split('`')[0],
        };
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    private static string NestedName(Type type)
    {
        var name = type.Name.Split('`')[0] + (type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(a => (a.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Covariant) ? "out " : "") + a.Name))}>" : "");
        return type.DeclaringType is { } outer ? $"{NestedName(outer)}.{name}" : name;
    }

    private static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsCopy(ConstructorInfo constructor) => constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    // What the compiler adds to records and overrides of object say nothing about the API.
    private static bool IsCompilers(MethodInfo method) => method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) ||
        method.GetBaseDefinition().DeclaringType == typeof(object) || method.Name is "<Clone>$" or "PrintMembers";

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifier(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        _ when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };
}
