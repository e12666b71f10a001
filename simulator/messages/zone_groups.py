"""Words of what is made of a drawing's zones: multi-school zones, and a rural layout of upper grades."""

MESSAGES: dict[str, tuple[str, str]] = {
    # multi-school zones
    "zones_groups_title": ("多校划片（建议）", "Multi-school zones (proposal)"),
    "zones_groups_lead": (
        "{schools} 所学校的学区合并为 {groups} 个多校学区（互不相连的片区 {areas} 个，分别合并）："
        "各组学位与儿童之比、质量得分尽量均衡，并且离牵头学校近。",
        "The zones of {schools} schools are joined to {groups} multi-school zones (separate areas: {areas}, "
        "each on its own): seats per child and quality as even between groups as can be, and children near "
        "the school that leads.",
    ),
    "zones_groups_areas": (
        "要求 {wanted} 组，但互不连片的片区有 {areas} 个，至少要这么多组。",
        "{wanted} groups were asked for, but {areas} areas do not hang together: there must be as many.",
    ),
    "zones_groups_few_schools": (
        "要求 {wanted} 组，但有学区的学校只有 {schools} 所，每组一所。",
        "{wanted} groups were asked for, but only {schools} schools have a zone: one in each.",
    ),
    "zones_groups_no_quality": (
        "学校表没有每校的督导评估得分，因此只均衡学位。",
        "Not every school has a score of the quality assessment, so seats alone were evened.",
    ),
    "zones_groups_bound": (
        "不均衡的学位 {seats} 个；合计 {cost} 公里（到牵头学校的路程加不均衡的权重），"
        "任何合并都不低于 {bound} 公里，差距 {gap}。",
        "Seats off an even share: {seats}. In all {cost} km (way to the school that leads, with the weights "
        "of unevenness). No grouping has less than {bound} km; gap {gap}.",
    ),
    "zones_group_name": ("{school}组", "group of {school}"),
    "zones_group_and": ("、", ", "),
    "zones_group_schools": ("学校", "schools"),
    "zones_group_per_child": ("学位/儿童", "seats per child"),
    "zones_group_quality": ("平均得分", "mean score"),
    "zones_group_metres": ("到牵头学校平均路程（米）", "mean way to the leading school (m)"),
    "zones_map_groups": ("多校学区", "multi-school zones"),
    "column_zone_group": ("牵头学校代码", "leading school, id"),
    "column_zone_group_name": ("多校学区", "multi-school zone"),
    "column_leads": ("牵头", "leads"),
    "column_group_children": ("组内儿童数", "children of the group"),
    "column_group_seats": ("组内学位数", "seats of the group"),
    # rural layout
    "zones_layout_title": (
        "农村学校布局测算：高年级集中（R13）",
        "Rural layout: upper grades concentrated (R13)",
    ),
    "zones_layout_none": (
        "没有学校的起始年级学位不足 {classes} 个班，高年级无须集中。",
        "No school has seats for fewer than {classes} entry classes, so no grades go elsewhere.",
    ),
    "zones_layout_primary": (
        "起始年级学位不足 {classes} 个班的小学（{small} 所，其中教学点保留低年级，其他保留校不动）"
        "把 4-6 年级集中到较大的学校，1-3 年级仍在原校；{emptied} 所不再有 4-6 年级。各年级人数按新生数计。",
        "Primary schools with seats for fewer than {classes} entry classes ({small}; protected ones are left "
        "alone, teaching points keep their lower grades) send grades 4-6 to larger ones; grades 1-3 stay. "
        "{emptied} have no grades 4-6 then. A grade counts as many children as enter.",
    ),
    "zones_layout_junior": (
        "起始年级学位不足 {classes} 个班的初中（{small} 所，保留校不动）把 7-9 年级集中到较大的学校；"
        "{emptied} 所不再有学生，属撤并，须另按 R14 办理。各年级人数按新生数计。",
        "Junior schools with seats for fewer than {classes} entry classes ({small}; protected ones are left "
        "alone) send grades 7-9 to larger ones. {emptied} have no pupils then: that is a closure, with a "
        "procedure of its own (R14). A grade counts as many children as enter.",
    ),
    "zones_layout_travel": (
        "{blocks} 个小区（村）、{children} 名学生到别校就读，平均路程由 {before} 米变为 {after} 米。",
        "{blocks} blocks, {children} pupils go elsewhere; their mean way of {before} m becomes {after} m.",
    ),
    "zones_layout_boarding": (
        "其中超过步行上限 {limit} 米的由 {before} 名变为 {after} 名，须寄宿、乘校车或列为例外；"
        "现有寄宿床位还缺 {short} 张。",
        "Beyond the walking limit of {limit} m: {before} before, {after} after, who board, ride a bus or are "
        "exceptions. Boarding beds short of that: {short}.",
    ),
    "zones_layout_sent": ("转出学生", "pupils sent"),
    "zones_layout_taken": ("接收学生", "pupils taken in"),
    "zones_layout_kept": ("仍在本校", "pupils who stay"),
    "zones_layout_needed": ("需寄宿或乘车", "beds or bus seats needed"),
    "zones_layout_beds": ("现有床位", "free beds"),
    "zones_layout_bus": ("校车", "bus"),
    "column_layout_children": ("高年级学生数", "pupils of the grades that go"),
    "column_layout_before": ("原学校代码", "school before, id"),
    "column_layout_before_name": ("原学校", "school before"),
    "column_layout_after": ("集中到的学校代码", "school after, id"),
    "column_layout_after_name": ("集中到的学校", "school after"),
    "help_zones_groups": (
        "多校划片：把方案的学区合并为 N 个多校学区，各组学位与质量均衡。",
        "Multi-school zones: join the zones drawn to N groups with even seats and quality.",
    ),
    "help_zones_seconds": (
        "最优方法和多校划片的计算量上限（按计算量折算的秒）。",
        "Limit of work of optimal and of groups, in counted seconds.",
    ),
    "zone_step_parts": ("局部精确重划的片区", "parts drawn anew exactly"),
    "zone_step_parts_gained": ("其中有改进的", "of these with a gain"),
}
